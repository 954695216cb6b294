package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** CPU time as {@code /proc} tells it, in nanoseconds and steps of 10 ms. */
public final class TaskTime {

    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    /** Of {@code stat}, counted from behind the name: proc(5), fields 14 and 15. */
    private static final int USER_TIME = 11;

    private TaskTime() {
    }

    /** @param tasks {@code /proc/N/task} of a Java process; those of its threads that compile are summed up */
    public static long ofCompiler(Path tasks) throws IOException {
        long time = 0;
        try (DirectoryStream<Path> all = Files.newDirectoryStream(tasks)) {
            for (Path task : all) {
                time += ofCompilerTask(task.resolve("stat"));
            }
        }
        return time;
    }

    private static long ofCompilerTask(Path stat) throws IOException {
        try {
            String line = Files.readString(stat);
            return line.contains("CompilerThre") ? of(line) : 0;
        } catch (NoSuchFileException e) {
            // ended in this moment
            return 0;
        }
    }

    /** @param stat the line of a process or a thread */
    public static long of(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return TICK * (Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]));
    }
}
