// Writes the CPU seconds and the time of each file of tests to .cache/cpu.json, the dearest first.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CACHE, ROOT } from '../workspace.mjs';

export const CPU_REPORT = path.join(CACHE, 'cpu.json');

export default class CpuReporter {
  onTestRunEnd(modules) {
    const rows = modules.map((module) => ({
      file: path.relative(ROOT, module.moduleId).replaceAll(path.sep, '/'),
      cpu: module.meta().cpuSeconds ?? 0,
      children: module.meta().childSeconds ?? 0,
      tests: module.meta().testSeconds ?? 0,
      seconds: module.diagnostic().duration / 1_000,
    }));
    writeFileSync(
      CPU_REPORT,
      JSON.stringify(
        rows.toSorted((a, b) => b.cpu - a.cpu),
        null,
        1,
      ),
    );
  }
}
