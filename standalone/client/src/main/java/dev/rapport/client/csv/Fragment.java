package dev.rapport.client.csv;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text out of a piece of HTML, as CRMs keep notes: what breaks a line there breaks it here, and nothing else of it is left. */
final class Fragment {

    private static final Pattern IS_HTML = Pattern.compile("</?[a-zA-Z][^<>]*>");
    private static final Pattern INVISIBLE = Pattern.compile("(?is)<(script|style)\\b.*?</\\1\\s*>|<!--.*?-->");
    private static final Pattern BREAK = Pattern.compile("(?i)<br\\s*/?>|</(p|div|li|tr|h[1-6])\\s*>");
    private static final Pattern MANY_BREAKS = Pattern.compile("[ \\t]*\\n[ \\t\\n]*\\n");
    private static final Pattern ENTITY =
            Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos|nbsp);");
    private static final Map<String, String> NAMED =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

    static String text(String html) {
        if (!IS_HTML.matcher(html).find()) {
            return html;
        }
        String visible = INVISIBLE.matcher(html).replaceAll("");
        String broken = BREAK.matcher(visible.replaceAll("\\s*\\n\\s*", " ")).replaceAll("\n");
        String plain = IS_HTML.matcher(broken).replaceAll("");
        String decoded = ENTITY.matcher(plain).replaceAll(Fragment::character);
        return MANY_BREAKS.matcher(decoded).replaceAll("\n\n").strip();
    }

    private static String character(MatchResult entity) {
        String name = entity.group(1);
        String named = NAMED.get(name);
        if (named != null) {
            return Matcher.quoteReplacement(named);
        }
        int point = name.startsWith("#x") || name.startsWith("#X")
                ? Integer.parseInt(name.substring(2), 16)
                : Integer.parseInt(name.substring(1));
        boolean isText = Character.isValidCodePoint(point) && !Character.isISOControl(point);
        return isText ? Matcher.quoteReplacement(Character.toString(point)) : " ";
    }

    private Fragment() {}
}
