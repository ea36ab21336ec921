/*
 * The condition, update and projection expressions of the DynamoDB API.
 *
 * Every rule is decided by at most two tokens. Parentheses around a condition and around an operand begin alike, so both are
 * read as "subject" ("addend" in an update); SyntaxRules refuses, while the text is read, what is only one of the two in a
 * place for the other, at the token where it shows.
 */
grammar ItemExpression;

conditionExpression : condition EOF ;

updateExpression : section+ EOF ;

projectionExpression : path (',' path)* EOF ;

condition : conjunction (OR conjunction)* ;

conjunction : negation (AND negation)* ;

negation : NOT* predicate ;

predicate
    : subject
        ( comparator operand
        | BETWEEN operand AND operand
        | IN '(' operand (',' operand)* ')'
        )?
    ;

comparator : '=' | '<>' | '<' | '<=' | '>' | '>=' ;

subject returns [Shape shape]
    : '(' condition ')'
    | call
    | VALUE
    | path
    ;

operand
    : '(' operand ')'
    | call
    | VALUE
    | path
    ;

call : NAME '(' operand (',' operand)* ')' ;

path : name step* ;

step
    : '.' name
    | '[' INDEX ']'
    ;

name : NAME | NAME_PLACEHOLDER ;

section
    : SET setAction (',' setAction)*      # setSection
    | REMOVE path (',' path)*             # removeSection
    | ADD valueAction (',' valueAction)*  # addSection
    | DELETE valueAction (',' valueAction)* # deleteSection
    ;

setAction : path '=' sum ;

valueAction : path VALUE ;

sum : addend (('+' | '-') operand)? ;

addend returns [Shape shape]
    : '(' sum ')'
    | call
    | VALUE
    | path
    ;

OPEN : '(' ;
CLOSE : ')' ;
COMMA : ',' ;
DOT : '.' ;
OPEN_INDEX : '[' ;
CLOSE_INDEX : ']' ;
EQ : '=' ;
NE : '<>' ;
LT : '<' ;
LE : '<=' ;
GT : '>' ;
GE : '>=' ;
PLUS : '+' ;
MINUS : '-' ;

// Keywords come before names: in no kind of expression is one of them a name.
AND : A N D ;
OR : O R ;
NOT : N O T ;
BETWEEN : B E T W E E N ;
IN : I N ;
SET : S E T ;
REMOVE : R E M O V E ;
ADD : A D D ;
DELETE : D E L E T E ;

NAME : LETTER WORD* ;
NAME_PLACEHOLDER : '#' WORD+ ;
VALUE : ':' WORD+ ;
INDEX : '0' | [1-9] [0-9]* ;

SPACE : [ \t\r\n]+ -> skip ;

// Whatever no other rule takes: a syntax error that names the character.
UNKNOWN : . ;

fragment LETTER : [a-zA-Z] ;
fragment WORD : [a-zA-Z0-9_] ;
fragment A : [aA] ;
fragment B : [bB] ;
fragment D : [dD] ;
fragment E : [eE] ;
fragment I : [iI] ;
fragment L : [lL] ;
fragment M : [mM] ;
fragment N : [nN] ;
fragment O : [oO] ;
fragment R : [rR] ;
fragment S : [sS] ;
fragment T : [tT] ;
fragment V : [vV] ;
fragment W : [wW] ;
