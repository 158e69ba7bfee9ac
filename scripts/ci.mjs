// What .ci/run does: `npm test` as the README gives it, then `npm run verify`, and their sum in one line.
import { spawn } from 'node:child_process';
import { ROOT } from './workspace.mjs';

const SUMMARY = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/** Runs a command of npm, passes its output on, and keeps its closing line back. */
function summed(args) {
  return new Promise((resolve) => {
    const child = spawn('npm', args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
    let summary;
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (data) => {
      const lines = (rest + data).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const match = SUMMARY.exec(line);
        if (match) summary = { passed: Number(match[1]), failed: Number(match[2]), skipped: Number(match[3] ?? 0) };
        else console.log(line);
      }
    });
    child.on('close', (code) =>
      resolve(summary && (code === 0 || summary.failed > 0) ? summary : { passed: 0, failed: 1, skipped: 0 }),
    );
  });
}

const results = [await summed(['test']), await summed(['run', 'verify'])];
const sum = (key) => results.reduce((all, counts) => all + counts[key], 0);
if (sum('skipped')) console.log(`${sum('skipped')} skipped: each says why.`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') ? 1 : 0);
