package dev.rapport.benchmark;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A plot of samples: a bar as long as each median, with a line from the least to the most. */
final class Bars {

    private static final int WIDTH = 760;
    private static final int LABELS = 290;
    private static final int ROOM_FOR_FIGURES = 90;
    private static final int ROW = 26;
    private static final int BAR = 14;
    private static final int HEAD = 44;
    private static final int MARGIN = 8;
    private static final int BASELINE = 5;

    private final String title;
    private final Map<String, Sample> samples;

    Bars(String title, Map<String, Sample> samples) {
        this.title = title;
        this.samples = new LinkedHashMap<>(samples);
    }

    /** As SVG that is legible on light and on dark pages. */
    String svg() {
        double most = samples.values().stream().mapToDouble(Sample::most).max().orElseThrow();
        double scale = (WIDTH - LABELS - ROOM_FOR_FIGURES) / most;
        int height = HEAD + ROW * samples.size() + MARGIN;
        StringBuilder svg = new StringBuilder();
        svg.append("""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" aria-label="%s">
            <style>
            text { font: 13px system-ui, sans-serif; fill: #24292f }
            .bar { fill: #0969da }
            .spread { stroke: #24292f; stroke-width: 1.5 }
            .page { fill: #ffffff }
            @media (prefers-color-scheme: dark) {
            text { fill: #e6edf3 } .bar { fill: #4493f8 } .spread { stroke: #e6edf3 } .page { fill: #0d1117 }
            }
            </style>
            <rect class="page" width="%s" height="%s"/>
            <text x="%s" y="22" font-weight="600">%s</text>
            """.formatted(WIDTH, height, WIDTH, height, escaped(title), WIDTH, height, MARGIN, escaped(title)));
        int y = HEAD;
        for (Map.Entry<String, Sample> row : samples.entrySet()) {
            Sample sample = row.getValue();
            int middle = y + BAR / 2;
            svg.append("""
                <text x="%s" y="%s" text-anchor="end">%s</text>
                <rect class="bar" x="%s" y="%s" width="%s" height="%s"/>
                <line class="spread" x1="%s" x2="%s" y1="%s" y2="%s"/>
                <text x="%s" y="%s">%s</text>
                """.formatted(
                            LABELS - MARGIN,
                            middle + BASELINE,
                            escaped(row.getKey()),
                            LABELS,
                            y,
                            pixels(sample.median() * scale),
                            BAR,
                            pixels(LABELS + sample.least() * scale),
                            pixels(LABELS + sample.most() * scale),
                            middle,
                            middle,
                            pixels(LABELS + sample.most() * scale + MARGIN),
                            middle + BASELINE,
                            Sample.say(sample.median())));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String pixels(double length) {
        return String.format(Locale.ROOT, "%.1f", length);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
