/**
 * The Click language: text to a flat list of elements and connections. {@link
 * vini.forwarder.lang.Parser} is the entrance, {@link vini.forwarder.lang.GraphText} what comes
 * out; {@link vini.forwarder.lang.ConfigText} reads the configuration strings.
 *
 * <p>The grammar, after Click's manual (click(5)):
 *
 * <pre>{@code
 * file         = { statement } ;
 * statement    = chain | elementclass | define | require | provide | ";" ;
 *
 * chain        = elements { arrow elements } [ arrow ]       (* an arrow at the end: to output   *)
 *              | arrow [ elements { arrow elements } ] [ arrow ] ; (* at the start: from input  *)
 * arrow        = "->" | "=>" ;
 * elements     = element { "," element } ;
 * element      = [ ports ] reference [ ports ] | ports ;     (* ports only: of input or output   *)
 * ports        = "[" [ number { "," number } ] "]" ;
 * reference    = name | name "::" class [ config ] | class [ config ] | "(" { statement } ")" ;
 *
 * elementclass = "elementclass" name class ;
 * class        = name | "{" compound { "||" compound } [ "||" "..." ] "}" | "{" "..." "}" ;
 * compound     = [ [ formal { "," formal } ] "|" ] { statement } ;
 * formal       = [ name ] variable ;
 *
 * define       = "define" config ;                           (* $name value, $name value         *)
 * require      = "require" config ;                          (* package name, library file       *)
 * provide      = "provide" config ;                          (* means nothing here               *)
 * config       = "(" text ")" ;                              (* to the matching parenthesis      *)
 *
 * name         = letters, digits, "_", "@", "/": no part between slashes is empty or a number ;
 * variable     = "$" letters, digits, "_" ;
 * }</pre>
 *
 * <p>The way of a text: {@code Lexer} cuts it into tokens; {@code Parser}, {@code Chains} and
 * {@code Compounds} read statements into a {@code Scope}, which knows what each name means and
 * becomes a {@code Body} at its end; {@code Expansion} unfolds compounds, with {@code Overloads} to
 * choose a definition and {@code Variables} to fill configuration strings; {@code Tunnels} joins
 * the connections through the walls of compounds and groups.
 */
@NullMarked
package vini.forwarder.lang;

import org.jspecify.annotations.NullMarked;
