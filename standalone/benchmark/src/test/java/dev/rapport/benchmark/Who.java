package dev.rapport.benchmark;

import dev.rapport.benchmark.subject.Past;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Who is measured in a process of its own, under the names that pages have for them. */
enum Who {
    LIMIT("limit: insert, commit", ClassPath.RAW, "raw.RawInsert", "commits=true"),
    LIMIT_IN_ONE_TRIP("limit: insert that commits itself", ClassPath.RAW, "raw.RawInsert", "commits=false"),
    RAPPORT("Rapport", ClassPath.RAPPORT, "rapport.RapportCommandSide", "keyed=false"),
    RAPPORT_KEYED("Rapport, with idempotency key", ClassPath.RAPPORT, "rapport.RapportCommandSide", "keyed=true"),
    AXON_JDBC("stock Axon, JDBC", ClassPath.AXON_ON_JDBC, "axon.StockAxon", "store=jdbc"),
    AXON_JPA("stock Axon, JPA", ClassPath.AXON_ON_JPA, "axon.StockAxon", "store=jpa"),
    AXON_HTTP("stock Axon, JPA", ClassPath.AXON_ON_JPA, "axon.StockAxonOverHttp", ""),
    ENVERS_HTTP("Spring Boot and Envers", ClassPath.ENVERS, "envers.EnversOverHttp", ""),
    AXON_REPLAY("stock Axon, one small read model", ClassPath.AXON_ON_JDBC, "axon.StockReplay", ""),
    SCAN("limit: scan and parse", ClassPath.RAW, "raw.RawScan", "");

    static final int THREADS = 8;
    static final int CONNECTIONS = 10;

    private final String label;
    private final ClassPath classPath;
    private final String main;
    private final String setting;

    Who(String label, ClassPath classPath, String main, String setting) {
        this.label = label;
        this.classPath = classPath;
        this.main = "dev.rapport.benchmark." + main;
        this.setting = setting;
    }

    String label() {
        return label;
    }

    /** Starts it on a database of its own. */
    SubjectInProcess start(Store store, String url, Past past) throws IOException {
        return start(store, url, past, THREADS);
    }

    /** Starts it with fewer threads than usual, or more. */
    SubjectInProcess start(Store store, String url, Past past, int threads) throws IOException {
        Map<String, Object> all = new HashMap<>(Map.of(
                "url", url,
                "user", store.user(),
                "pool", CONNECTIONS,
                "threads", threads,
                "relationships", past.relationships(),
                "fewest", past.fewest(),
                "most", past.most()));
        if (!setting.isEmpty()) {
            String[] named = setting.split("=", 2);
            all.put(named[0], named[1]);
        }
        return SubjectInProcess.start(label, url, classPath, main, all);
    }
}
