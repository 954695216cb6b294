package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this process has used so far. Linux only: the compiler's threads are told from the others by {@code /proc}.
 *
 * @param cpu nanoseconds of all threads but those of the JIT compiler; the garbage collector counts
 * @param compiler nanoseconds of the JIT compiler's threads, in steps of 10 ms
 * @param allocated bytes
 */
record Cost(long cpu, long compiler, long allocated) {

    private static final OperatingSystemMXBean SYSTEM = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);
    /** Of {@code /proc/self/task/N/stat}, counted from behind the name: proc(5), fields 14 and 15. */
    private static final int USER_TIME = 11;

    static Cost now() {
        long allocated = Allocation.soFar();
        long compiler = compilerTime();
        return new Cost(SYSTEM.getProcessCpuTime() - compiler, compiler, allocated);
    }

    Cost since(Cost start) {
        return new Cost(cpu - start.cpu, compiler - start.compiler, allocated - start.allocated);
    }

    private static long compilerTime() {
        long ticks = 0;
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                ticks += compilerTicks(task.resolve("stat"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ticks * TICK;
    }

    private static long compilerTicks(Path stat) throws IOException {
        String line;
        try {
            line = Files.readString(stat);
        } catch (NoSuchFileException e) {
            // ended in this moment
            return 0;
        }
        if (!line.contains("CompilerThre")) {
            return 0;
        }
        String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    }
}
