import { describe, expect, it } from 'vitest';
import { folder } from '../run-command.js';
import { cidr } from './run-cidr.js';

/** What follows the lines: the error, as every command writes it. */
const ending = (count: number): string =>
  `error INVALID_PREFIX: ${count} ${count === 1 ? 'line is not a CIDR block' : 'lines are not CIDR blocks'}\n  Correct the lines listed above.\n`;

describe('postern cidr: lines that are refused', () => {
  it('Low: are reported one per line, with reason and correction, and there is no other output', async () => {
    const cwd = folder({
      a: '10.0.0.0/8\n10.0.0.1/8 # here\r\n010.0.0.0/8\n',
      b: '\n\t256.0.0.0/8\n10.0.0.0/33\n::ffff:10.0.0.0/104\n64:ff9b::1.2.3.4\n',
    });
    expect(await cidr(['merge', 'a', '-', 'b'], 'fe80::1%eth0\n１\n10.0.0.0/8 x\n', cwd)).toEqual({
      status: 64,
      out: '',
      err: [
        'a:2: host-bits: 10.0.0.1/8 (use 10.0.0.0/8)\n',
        'a:3: leading-zero: 010.0.0.0/8 (use 10.0.0.0/8)\n',
        '-:1: zone-id: fe80::1%eth0\n',
        '-:2: characters: １\n',
        '-:3: prefix-length: 10.0.0.0/8 x\n',
        'b:2: octet: 256.0.0.0/8\n',
        'b:3: prefix-length: 10.0.0.0/33\n',
        'b:4: ipv4-mapped: ::ffff:10.0.0.0/104 (use 10.0.0.0/8)\n',
        'b:5: embedded-ipv4: 64:ff9b::1.2.3.4 (use 64:ff9b::102:304/128)\n',
        ending(9),
      ].join(''),
    });
  });

  it('are a JSON document with --json, with an empty stderr', async () => {
    const ran = await cidr(['conflicts', '--json'], '10.0.0.1/8\nx\n');
    expect(ran).toMatchObject({ status: 64, err: '' });
    expect(ran.out).toBe(
      '{"command":"conflicts","errorCount":2,"errors":[{"at":"-:1","reason":"host-bits","text":"10.0.0.1/8","canonical":"10.0.0.0/8"},{"at":"-:2","reason":"syntax","text":"x"}]}\n',
    );
  });

  it.each<[string[]]>([
    [['merge']],
    [['conflicts']],
    [['subtract', '-', 'good']],
    [['subtract', 'good', '-']],
    [['contains', '-', 'good']],
    [['contains', 'good']],
    [['free', '--pool', '10.0.0.0/8', '--bits', '9']],
  ])('%j has no result where one line is refused', async (argv) => {
    const cwd = folder({ good: '10.0.0.0/8\n' });
    expect(await cidr(argv, '10.0.0.0/8\n::/129\n', cwd)).toEqual({
      status: 64,
      out: '',
      err: `-:2: prefix-length: ::/129\n${ending(1)}`,
    });
    const { out, status } = await cidr([...argv, '--json'], '10.0.0.0/8\n::/129\n', cwd);
    expect([status, JSON.parse(out)]).toEqual([
      64,
      { command: argv[0], errorCount: 1, errors: [{ at: '-:2', reason: 'prefix-length', text: '::/129' }] },
    ]);
  });

  it('ten thousand are counted, and twenty are shown, those of the first list first', async () => {
    const cwd = folder({ set: 'x\n'.repeat(15) });
    const { status, out, err } = await cidr(['contains', 'set'], 'y\n'.repeat(10_000), cwd);
    const said = err.split('\n');
    expect([status, out, said.length]).toEqual([64, '', 24]);
    expect(said.slice(14, 16)).toEqual(['set:15: syntax: x', '-:1: syntax: y']);
    expect(said[20]).toBe('… and 9995 more');
    const document = JSON.parse((await cidr(['contains', 'set', '--json'], 'y\n'.repeat(10_000), cwd)).out) as {
      errorCount: number;
      errors: unknown[];
    };
    expect([document.errorCount, document.errors.length]).toEqual([10_015, 20]);
  });

  it('are cut at 80 characters, with terminal escapes shown as text', async () => {
    const { err } = await cidr(['merge'], `${'y'.repeat(300)}\n\u001b]0;x\u0007\u202e\0\n::error::x\n`);
    expect(err).toBe(
      `-:1: too-long: ${'y'.repeat(80)}\n-:2: characters: \\x1b]0;x\\x07\\u{202e}\\x00\n-:3: syntax: ::error::x\n${ending(3)}`,
    );
    const json = await cidr(['merge', '--json'], '\u001b]0;x\u0007\u202e\n');
    expect(json.out).toMatch(/^[\x20-\x7e]*\n$/);
    expect(JSON.parse(json.out)).toMatchObject({ errors: [{ text: '\u001b]0;x\u0007\u202e' }] });
  });
});

describe('postern cidr: wrong usage', () => {
  it.each<[string[], RegExp]>([
    [['merge', '-', '-'], /^error INVALID_INPUT: standard input is used twice/],
    [['contains', '-'], /^error INVALID_INPUT: standard input is used twice/],
    [['subtract', '-', '-'], /^error INVALID_INPUT: standard input is used twice/],
    [['merge', 'missing'], /^error FILE_UNREADABLE: missing: the file does not exist\n/],
    [['merge', '.'], /^error FILE_UNREADABLE: \.: EISDIR\n/],
    [['contains', 'list', 'missing'], /^error FILE_UNREADABLE/],
    [['subtract'], /^error INVALID_INPUT: missing required argument 'file'\n {2}See 'postern cidr subtract --help'/],
    [['subtract', 'list'], /^error INVALID_INPUT: missing required argument 'minus'/],
    [['contains'], /^error INVALID_INPUT: missing required argument 'set'/],
    [['merge', '--bits', '3'], /^error INVALID_INPUT: unknown option '--bits'/],
    [['mrege'], /^error INVALID_INPUT: unknown command 'mrege'\n {2}Did you mean merge\?/],
    [['free', '--bits', '8'], /^error INVALID_INPUT: .*--pool/],
    [['free', '--pool', '10.0.0.0/8'], /^error INVALID_INPUT: .*--bits/],
    [['free', '--pool', '10.0.0.0/8\n10.1.0.0/16,', '--bits', '20'], /^error INVALID_INPUT: --pool: expected blocks/],
    [['free', '--pool', '10.0.0.0/8#x', '--bits', '20'], /^error INVALID_INPUT: --pool: expected blocks/],
    [
      ['free', '--pool', '10.0.0.0/8', '--pool', '2001:db8::/32', '--bits', '20'],
      /^error INVALID_INPUT: --pool has IPv4 and IPv6 blocks/,
    ],
    [['free', '--pool', '10.0.0.0/8', '--bits', '33'], /^error INVALID_INPUT: .*at most 32/],
    [['free', '--pool', '::/0', '--bits', '129'], /^error INVALID_INPUT: .*0 to 128/],
    [['free', '--pool', '::/0', '--bits', '-1'], /^error INVALID_INPUT/],
    [['free', '--pool', '::/0', '--bits', '8.5'], /^error INVALID_INPUT/],
    [['free', '--pool', '::/0', '--bits', '8', '--count', '0'], /^error INVALID_INPUT: .*1 to 16777216/],
    [['free', '--pool', '::/0,10.0.0.0/8', '--bits', '8'], /^error INVALID_INPUT: --pool has IPv4 and IPv6 blocks/],
    [
      ['free', '--pool', '10.0.0.1/8', '--bits', '8'],
      /^error INVALID_INPUT: --pool: host-bits: 10\.0\.0\.1\/8 \(use 10\.0\.0\.0\/8\)/,
    ],
    [['free', '--pool', '10.0.0.0/8,', '--bits', '8'], /^error INVALID_INPUT: --pool: expected blocks/],
    [['free', '--pool', '', '--bits', '8'], /^error INVALID_INPUT: --pool/],
    [['free', '--pool', '#', '--bits', '8'], /^error INVALID_INPUT: --pool/],
    [['free', '--pool', '10.0.0.0/8\n10.0.0.0/9', '--bits', '8'], /^error INVALID_INPUT: --pool/],
  ])('%j', async (argv, message) => {
    const cwd = folder({ list: '10.0.0.0/8\n' });
    const text = await cidr(argv, '', cwd);
    expect(text).toMatchObject({ status: 64, out: '', err: expect.stringMatching(message) });
    const json = await cidr([...argv, '--json'], '', cwd);
    expect([json.status, JSON.parse(json.out)]).toEqual([64, JSON.parse(json.err)]);
    const { error } = JSON.parse(json.err) as { readonly error: { readonly code: string; readonly message: string } };
    expect(text.err).toContain(`error ${error.code}: ${error.message}`);
  });

  it('shows the list of commands where none is given', async () => {
    expect(await cidr([])).toMatchObject({ status: 64, out: '', err: expect.stringMatching(/Usage: postern cidr/) });
  });

  it.each(['conflicts', 'merge', 'subtract', 'contains', 'free'])('%s --help has examples, on stdout', async (name) => {
    const { status, out, err } = await cidr([name, '--help']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/--json[\s\S]*\nExamples:\n {2}\$ \S/);
    expect(await cidr(['help', name])).toMatchObject({ status: 0, out });
  });
});
