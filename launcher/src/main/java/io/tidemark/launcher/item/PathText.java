package io.tidemark.launcher.item;

import io.tidemark.schema.expression.DocumentPath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Document paths as they are written on a command line: {@code a.b[2].c}. */
public final class PathText {
    private static final Pattern ELEMENT = Pattern.compile("\\G(?:(\\.?)([^.\\[\\]]+)|\\[(\\d{1,6})])");

    private PathText() {}

    /** @throws InvalidInputException if the text is no path */
    public static DocumentPath parse(String text) {
        List<DocumentPath.Element> elements = new ArrayList<>();
        Matcher matcher = ELEMENT.matcher(text);
        int end = 0;
        while (matcher.find()) {
            if (matcher.group(3) != null) {
                elements.add(new DocumentPath.Index(Integer.parseInt(matcher.group(3))));
            } else if (matcher.group(1).isEmpty() == elements.isEmpty()) {
                elements.add(new DocumentPath.Attribute(matcher.group(2)));
            } else {
                break;
            }
            end = matcher.end();
        }
        try {
            if (end == text.length() && !text.isEmpty()) {
                return new DocumentPath(elements);
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("'" + text + "' is no path: " + e.getMessage(), e);
        }
        throw new InvalidInputException("'" + text + "' is no path; paths look like name, a.b or list[0].name");
    }
}
