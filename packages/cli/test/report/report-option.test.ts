import { expect, it } from 'vitest';
import { snapshotScene } from './snapshot-scene.js';

it('writes several formats in one run, each as its own option prints it', async () => {
  const { check, file } = await snapshotScene();
  const formats = ['json', 'sarif', 'junit', 'md'];
  const { status, out, err } = await check(...formats.flatMap((one) => ['--report', `${one}=r.${one}`]));
  expect([status, out]).toEqual([3, (await check()).out]);
  expect(err).toContain('note: the report as sarif is in r.sarif\n');
  for (const one of formats) expect(file(`r.${one}`)).toBe((await check(`--${one}`)).out);
  // Beside the report that is printed, or written by -o.
  expect((await check('--json', '--report', 'text=r.txt')).out).toBe(file('r.json'));
  expect(file('r.txt')).toBe(out);
  await check('--sarif', '-o', 'o.sarif', '--report', 'junit=o.xml');
  expect([file('o.sarif'), file('o.xml')]).toEqual([file('r.sarif'), file('r.junit')]);
});
it.each([
  [['--report', 'pdf=a.pdf'], 'Formats are text, json, sarif, junit, md.'],
  [['--report', 'sarif'], 'Write FORMAT=FILE.'],
  [['--report', 'sarif='], 'Write FORMAT=FILE.'],
  [['--report', 'sarif=-'], 'Write FORMAT=FILE.'],
  [['--report', 'html=a.html'], 'Write FORMAT=FILE.'],
  [['--report', 'sarif=a', '--report', 'junit=a'], 'Each report needs a file of its own.'],
  [['--report', 'sarif=missing/a.sarif', '--report', 'junit=b.xml'], '--report missing/a.sarif: folder'],
])('%j is refused before anything is written: %s', async (options, text) => {
  const { check, has } = await snapshotScene();
  const { status, out, err } = await check(...options);
  expect([status === 0, out]).toEqual([false, '']);
  expect(err).toContain(text);
  expect(has('b.xml')).toBe(false);
});
