package io.tidemark.simulation.load;

/** @param mark names this write, and none other; it is in the item if the write took effect */
record Write(String mark, Effect effect, Answer answer) {}
