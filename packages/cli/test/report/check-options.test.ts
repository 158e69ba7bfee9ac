import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { snapshotScene } from './snapshot-scene.js';

interface Finding {
  readonly check: string;
  readonly verdict: string;
  readonly severity: string;
  readonly integration: string | null;
  readonly subject: string;
  readonly suppressed?: { readonly reason: string };
}
const findingsIn = (json: string) =>
  (JSON.parse(json) as { readonly findings: readonly Finding[] }).findings.filter(({ verdict }) => verdict !== 'pass');

describe('check --only and --skip', () => {
  it.each([
    [['--only', 'target/*'], ({ check }: Finding) => check.startsWith('target/')],
    [['--only', 'target/*', 'path/*'], ({ check }: Finding) => /^(?:target|path)\//.test(check)],
    [['--only', 'orders'], ({ integration, subject }: Finding) => integration === 'orders' || subject === 'link main'],
    [['--only', '*/healthy'], ({ check }: Finding) => check.endsWith('/healthy')],
    [['--only', '*:*target*'], ({ subject }: Finding) => subject.includes('target')],
    [['--skip', 'target/*'], ({ check }: Finding) => !check.startsWith('target/')],
    [
      ['--only', 'orders', '--skip', 'target/*', 'path/*'],
      (one: Finding) => {
        return one.integration === 'orders' && !/^(?:target|path)\//.test(one.check);
      },
    ],
  ])('%j', async (options, isLeft) => {
    const { check } = await snapshotScene();
    const all = findingsIn((await check('--json')).out);
    const { out, err, status } = await check('--json', ...options);
    expect(findingsIn(out)).toEqual(all.filter(isLeft));
    const left = all.length - findingsIn(out).length;
    expect(err.includes(`note: --only and --skip leave out ${left} finding`)).toBe(left > 0);
    expect(status).toBe(
      findingsIn(out).some(({ severity, verdict }) => severity === 'error' && verdict === 'fail') ? 3 : 0,
    );
  });
  it.each(['path/nosuch', 'nobody', 'target', ':x', 'target/healthy.'])('refuses the pattern %s', async (pattern) => {
    const { check } = await snapshotScene();
    const { status, err } = await check('--skip', pattern);
    expect([status, err]).toEqual([
      64,
      expect.stringContaining(`--skip: "${pattern}" matches no check and no integration`),
    ]);
  });
});

it('check --needs: reports services of a file of needs, and refuses another file', async () => {
  const { check, cwd } = await snapshotScene();
  const write = (text: string) => writeFileSync(path.join(cwd, 'needs.yaml'), text);
  const services = `[{ name: orders, requestsPerSecond: 20 }, { name: stock, peakRequestsPerSecond: 5 }, { name: idle }]`;
  write(`provider: aws\nregion: eu-west-1\nservices: ${services}\n`);
  const { out } = await check('--needs', 'needs.yaml', '--json');
  const { findings } = JSON.parse(out) as { readonly findings: readonly (Finding & { readonly code: string })[] };
  const found = findings.filter((one) => one.check === 'needs/throttle');
  expect(found.map(({ code, subject }) => [code, subject])).toEqual([
    ['NO_SERVICE', 'service stock'],
    ['FITS_NEED', 'target orders'],
  ]);
  write(`provider: alibaba\nregion: cn-hangzhou\nservices: ${services}\n`);
  expect(await check('--needs', 'needs.yaml')).toMatchObject({
    status: 64,
    err: expect.stringContaining('needs.yaml is about alibaba, and the links of the spec are of aws'),
  });
  write('project: shop\n');
  expect(await check('--needs', 'needs.yaml')).toMatchObject({
    status: 64,
    err: expect.stringContaining('services'),
  });
});

describe('check --baseline', () => {
  it('known findings do not count; new ones and more severe ones do', async () => {
    const { check, file, cwd } = await snapshotScene();
    const all = findingsIn((await check('--json')).out);
    expect((await check()).status).toBe(3);
    expect(await check('--write-baseline', 'known.json')).toMatchObject({ status: 0 });
    const known = JSON.parse(file('known.json')) as {
      version: number;
      findings: (Finding & { fingerprint: string })[];
    };
    expect(known.findings.length).toBe(all.length);
    expect(new Set(known.findings.map(({ fingerprint }) => fingerprint)).size).toBe(all.length);

    const after = await check('--baseline', 'known.json');
    expect(after.status).toBe(0);
    expect(after.out).not.toContain('✗');
    expect(after.err).toContain(`${all.length} findings known in known.json do not count`);
    expect(findingsIn((await check('--baseline', 'known.json', '--json')).out)).toEqual(
      all.map((one) => ({ ...one, suppressed: { reason: 'known in known.json' } })),
    );
    // The same file again, whatever the order and the sentences were.
    await check('--write-baseline', 'again.json');
    expect(file('again.json')).toBe(file('known.json'));

    const error = known.findings.find(({ severity }) => severity === 'error');
    const write = (findings: readonly object[]): void =>
      writeFileSync(path.join(cwd, 'changed.json'), JSON.stringify({ version: 1, findings }));
    write(known.findings.filter((one) => one !== error));
    expect(await check('--baseline', 'changed.json')).toMatchObject({ status: 3 });
    write(known.findings.map((one) => (one === error ? { ...one, severity: 'warning' } : one)));
    expect(await check('--baseline', 'changed.json')).toMatchObject({ status: 3 });
    write([...known.findings, { ...error, fingerprint: '0' }]);
    expect((await check('--baseline', 'changed.json')).err).toContain('1 finding of changed.json no longer found');
  });
  it.each([
    [['--baseline', 'missing.json'], 'missing.json'],
    [['--baseline', 'snapshot.json'], 'snapshot.json: this is a snapshot, not a baseline'],
    [['--baseline', 'postern.yaml'], 'this is not a baseline'],
    [['--baseline', 'a', '--write-baseline', 'b'], '--baseline is not allowed with --write-baseline'],
    [['--write-baseline', 'missing/b'], '--write-baseline missing/b: folder'],
  ])('%j is refused: %s', async (options, text) => {
    const { check } = await snapshotScene();
    const { status, out, err } = await check(...options);
    expect([status === 0, out]).toEqual([false, '']);
    expect(err).toContain(text);
  });
});

it('check --summary: shows the numbers of findings by check, also as JSON', async () => {
  const { check } = await snapshotScene();
  const { out, status } = await check('--summary');
  expect(status).toBe(3);
  expect(out).toMatch(/\nCHECK +ERRORS +WARNINGS +NOTES +UNKNOWN +SUPPRESSED\n[a-z]+\/[a-z-]+ +[1-9]\d* +0 /);
  const { checks, total } = JSON.parse((await check('--summary', '--json')).out) as {
    checks: { check: string; error: number }[];
    total: { failed: { error: number } };
  };
  expect(checks.reduce((sum, { error }) => sum + error, 0)).toBe(total.failed.error);
  expect(out.trimEnd().split('\n').at(-1)).toMatch(new RegExp(`^${total.failed.error} errors, .* passed$`));
  expect(await check('--summary', '--sarif')).toMatchObject({ status: 64, out: '' });
  expect((await check('--summary', '--sarif', '-o', 'a.sarif')).out).toBe(out);
});
