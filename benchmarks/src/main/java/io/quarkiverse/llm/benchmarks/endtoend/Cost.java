package io.quarkiverse.llm.benchmarks.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

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

    static Cost now() {
        long allocated = Allocation.soFar();
        long compiler = compilerTime();
        return new Cost(SYSTEM.getProcessCpuTime() - compiler, compiler, allocated);
    }

    Cost since(Cost start) {
        return new Cost(cpu - start.cpu, compiler - start.compiler, allocated - start.allocated);
    }

    private static long compilerTime() {
        try {
            return TaskTime.ofCompiler(Path.of("/proc/self/task"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
