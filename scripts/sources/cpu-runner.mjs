// Vitest's runner, which notes for each file of tests the CPU seconds of its process, from the import of the file to its last test. The CPU
// time of processes that a test starts is not in them.
import { TestRunner } from 'vitest';

export default class CpuRunner extends TestRunner {
  began = process.cpuUsage();

  onCollectStart(file) {
    this.began = process.cpuUsage();
    return super.onCollectStart(file);
  }

  async onAfterRunSuite(suite) {
    const { user, system } = process.cpuUsage(this.began);
    if (suite === suite.file) suite.meta.cpuSeconds = (user + system) / 1e6;
    await super.onAfterRunSuite(suite);
  }
}
