import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync, symlinkSync, writeFileSync, chmodSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, run } from '../run-command.js';

const UGLY = '# who\nversion:  1\nproject: shop   # why\nlinks:\n    main: {provider: aws}\n';
const FORMATTED = '# who\nversion: 1\nproject: shop   # why\nlinks:\n  main: { provider: aws }\n';

describe('fmt', () => {
  it('writes the layout, keeps permissions and the symbolic link, and prints which files changed', async () => {
    const cwd = folder({ 'real.yaml': UGLY, 'same.yaml': FORMATTED, 'a.json': '{"version":1}' });
    symlinkSync('real.yaml', path.join(cwd, 'postern.yaml'));
    chmodSync(path.join(cwd, 'real.yaml'), 0o640);
    const all = ['postern.yaml', 'same.yaml', 'a.json'];
    const changed = { out: 'postern.yaml\na.json\n', err: '' };
    expect(await run(['fmt', '--check', ...all], { cwd })).toEqual({ status: 2, ...changed });
    expect(readFileSync(path.join(cwd, 'real.yaml'), 'utf8')).toBe(UGLY);
    expect(await run(['fmt', ...all], { cwd })).toEqual({ status: 0, ...changed });
    expect(readFileSync(path.join(cwd, 'real.yaml'), 'utf8')).toBe(FORMATTED);
    expect(readFileSync(path.join(cwd, 'a.json'), 'utf8')).toBe('{\n  "version": 1\n}\n');
    expect(lstatSync(path.join(cwd, 'postern.yaml')).isSymbolicLink()).toBe(true);
    expect(lstatSync(path.join(cwd, 'real.yaml')).mode & 0o777).toBe(0o640);
    expect(await run(['fmt', '--check', ...all], { cwd })).toEqual({ status: 0, out: '', err: '' });
  });

  it('checks what comes through a pipe, and does not replace the pipe', async () => {
    const cwd = folder();
    const pipe = path.join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const refused = await run(['fmt', 'pipe'], { cwd });
    expect(refused).toMatchObject({
      status: 64,
      err: expect.stringContaining('a pipe or a device cannot be replaced'),
    });
    const check = (text: string) => Promise.all([run(['fmt', '--check', 'pipe'], { cwd }), writeFile(pipe, text)]);
    expect((await check(FORMATTED))[0]).toEqual({ status: 0, out: '', err: '' });
    expect((await check(UGLY))[0]).toEqual({ status: 2, out: 'pipe\n', err: '' });
  });

  it.each([
    ['CRLF', FORMATTED.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\ufeff${FORMATTED}`],
  ])('removes %s', async (_, text) => {
    const cwd = folder({ 'postern.yaml': text });
    expect(await run(['fmt', '--check'], { cwd })).toMatchObject({ status: 2 });
    expect(await run(['fmt'], { cwd })).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(cwd, 'postern.yaml'), 'utf8')).toBe(FORMATTED);
  });

  it.each([
    ['postern.yaml', `${UGLY}\tx: 1\n`, 'INVALID_YAML', ':6:1'],
    ['postern.yaml', `${UGLY}project: b\n`, 'INVALID_YAML', ':6:1'],
    ['postern.yaml', `${UGLY}a: &a [*a]\n`, 'INVALID_YAML', ':6:8'],
    ['postern.yaml', 'a: \u0000', 'INVALID_INPUT', ':1'],
    ['postern.json', '{"a": 1,}', 'INVALID_YAML', ':1:9'],
    ['postern.config.ts', 'export default {}', 'INVALID_INPUT', ''],
  ])('does not touch %s with %j', async (file, text, code, place) => {
    const cwd = folder({ [file]: text, 'other.yaml': UGLY });
    const { status, out, err } = await run(['fmt', file, 'other.yaml'], { cwd });
    expect({ status, out }).toEqual({ status: 64, out: 'other.yaml\n' });
    expect(err).toMatch(new RegExp(`^error ${code}: .*${file}.*\n(?:  .*\n)+$`, 's'));
    expect(err).toContain(file + place);
    expect(readFileSync(path.join(cwd, file), 'utf8')).toBe(text);
  });

  it('has nothing to change in what init writes, and answers on stdout with --json', async () => {
    const cwd = folder();
    for (const provider of ['aws', 'alibaba']) {
      await run(['init', '--force', '--provider', provider], { cwd });
      expect(await run(['fmt', '--check'], { cwd })).toEqual({ status: 0, out: '', err: '' });
    }
    writeFileSync(path.join(cwd, 'bad.yaml'), 'a: [');
    writeFileSync(path.join(cwd, 'ugly.yaml'), UGLY);
    const { status, out, err } = await run(['fmt', '--check', '--json', 'bad.yaml', 'ugly.yaml'], { cwd });
    expect({ status, err }).toEqual({ status: 64, err: '' });
    expect(JSON.parse(out)).toEqual({
      specs: [
        { file: 'bad.yaml', problems: [expect.objectContaining({ code: 'INVALID_YAML' })], more: 0 },
        { file: 'ugly.yaml', changed: true },
      ],
    });
  });
});
