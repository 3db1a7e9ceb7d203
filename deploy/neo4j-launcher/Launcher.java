import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.cli.ExecutionContext;
import org.neo4j.commandline.admin.security.SetInitialPasswordCommand;
import org.neo4j.configuration.connectors.ConnectorPortRegister;
import org.neo4j.configuration.connectors.ConnectorType;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.QueryExecutionException;
import org.neo4j.io.fs.DefaultFileSystemAbstraction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import picocli.CommandLine;

/**
 * Runs Neo4j Community as a child process: {@code java Launcher HOME}.
 *
 * <p>HOME/conf/neo4j.conf holds the settings. The first line of standard input
 * is the password of the user neo4j: it never stands in an argument or in the
 * environment, where other users could read it. The end of standard input
 * means that the parent is gone, and Neo4j stops. Once queries are answered,
 * one line "bolt HOST:PORT" goes to standard output; what goes wrong, to
 * standard error.
 */
public final class Launcher {
    private static final long AVAILABLE_MILLIS = 120_000;
    private static final long STOP_MILLIS = 20_000;

    private Launcher() {}

    public static void main(String[] args) {
        try {
            run(Path.of(args[0]).toAbsolutePath());
        } catch (Throwable failure) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            fail(cause.getClass().getSimpleName() + ": " + cause.getMessage());
        }
    }

    private static void run(Path home) throws Exception {
        var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String password = input.readLine();
        if (password == null || password.isEmpty()) {
            fail("standard input held no password");
        }
        stopAtEndOf(input);
        if (!Files.exists(home.resolve("data/databases/system"))) {
            setFirstPassword(home, password);
        }
        DatabaseManagementService neo4j = new DatabaseManagementServiceBuilder(home)
                .loadPropertiesFromFile(home.resolve("conf/neo4j.conf"))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(neo4j::shutdown));
        if (!neo4j.database("neo4j").isAvailable(AVAILABLE_MILLIS)) {
            fail("the database neo4j did not become available: see " + home.resolve("logs/debug.log"));
        }
        alterPassword(neo4j, password);
        System.out.println("bolt " + boltAddress(neo4j));
        Thread.currentThread().join();
    }

    /** A parent that dies closes our standard input; nothing may outlive it. */
    private static void stopAtEndOf(BufferedReader input) {
        var watcher = new Thread(() -> {
            try {
                while (input.readLine() != null) {
                    // Only the end of the stream says something.
                }
            } catch (IOException gone) {
                // An unreadable stream is a gone parent too.
            }
            haltAfter(STOP_MILLIS);
            System.exit(0);
        }, "parent-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    private static void haltAfter(long millis) {
        var watchdog = new Thread(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException stopped) {
                return;
            }
            Runtime.getRuntime().halt(1);
        }, "halt-watchdog");
        watchdog.setDaemon(true);
        watchdog.start();
    }

    /** Sets the password before Bolt opens, so that neo4j/neo4j never works. */
    private static void setFirstPassword(Path home, String password) throws IOException {
        var silent = new PrintStream(OutputStream.nullOutputStream());
        var context = new ExecutionContext(
                home, home.resolve("conf"), silent, System.err, new DefaultFileSystemAbstraction());
        var command = new SetInitialPasswordCommand(context);
        new CommandLine(command).parseArgs(password);
        command.execute();
    }

    /** The parent may have lost its password file: what it says now holds. */
    private static void alterPassword(DatabaseManagementService neo4j, String password) {
        try {
            neo4j.database("system").executeTransactionally(
                    "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED", Map.of("password", password));
        } catch (QueryExecutionException refused) {
            // The usual case: Neo4j refuses to set the password that it has.
            if (!String.valueOf(refused.getMessage()).contains("cannot be the same")) {
                throw refused;
            }
        }
    }

    private static String boltAddress(DatabaseManagementService neo4j) {
        var ports = ((GraphDatabaseAPI) neo4j.database("neo4j"))
                .getDependencyResolver()
                .resolveDependency(ConnectorPortRegister.class);
        var bolt = ports.getLocalAddress(ConnectorType.BOLT);
        return bolt.getHost() + ":" + bolt.getPort();
    }

    private static void fail(String message) {
        System.err.println("neo4j launcher: " + message);
        Runtime.getRuntime().halt(1);
    }
}
