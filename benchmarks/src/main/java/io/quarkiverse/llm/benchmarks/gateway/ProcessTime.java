package io.quarkiverse.llm.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.quarkiverse.llm.benchmarks.endtoend.TaskTime;

/**
 * What another process has used so far, from {@code /proc}, in steps of 10 ms.
 *
 * @param cpu nanoseconds of all threads but those of the JIT compiler, system calls included; the garbage collector counts
 * @param compiler nanoseconds of the JIT compiler's threads
 */
record ProcessTime(long cpu, long compiler) {

    static final ProcessTime NONE = new ProcessTime(0, 0);

    static ProcessTime of(long pid) throws IOException {
        Path process = Path.of("/proc", String.valueOf(pid));
        long compiler = TaskTime.ofCompiler(process.resolve("task"));
        return new ProcessTime(TaskTime.of(Files.readString(process.resolve("stat"))) - compiler, compiler);
    }

    ProcessTime since(ProcessTime start) {
        return new ProcessTime(cpu - start.cpu, compiler - start.compiler);
    }
}
