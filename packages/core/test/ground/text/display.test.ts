import fc from 'fast-check';
import { expect, it } from 'vitest';
import { expectCpuBelow } from '../../cpu-time.js';
import { runs } from '../../runs.js';
import { displayText } from '../../../src/ground/text/display.js';

const arbHostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u001b[31m',
        '\u001b]8;;http://x\u0007',
        '\u001b]52;c;AAAA\u001b\\',
        '\u009b2J',
        '\r',
        '\u0007',
        '\u202e',
        '\u2066',
        '\u200b',
        '\ufeff',
        '\u2028',
        '\n',
        'e' + '\u0301'.repeat(40),
        '::set-env name=x::y',
        '##vso[task.setvariable]',
        '##[command]',
        '\ud800',
        ' ',
        '\u3000',
        ':',
        '#',
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

// Independent of the code under test: text that must never reach a terminal.
function dangers(line: string): string[] {
  const found: string[] = [];
  let marks = 0;
  for (const character of line) {
    const code = character.codePointAt(0)!;
    if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) found.push('control');
    if (code >= 0xd800 && code <= 0xdfff) found.push('surrogate');
    if ([0x61c, 0xfeff, 0xad].includes(code) || (code >= 0x200b && code <= 0x200f)) found.push('zero width');
    if (code >= 0x2028 && code <= 0x202e) found.push('separator or bidi');
    if (code >= 0x2060 && code <= 0x206f) found.push('invisible');
    if (code >= 0xe0000 && code <= 0xe0fff) found.push('tag');
    marks = code >= 0x300 && code <= 0x36f ? marks + 1 : 0;
    if (marks > 4) found.push('flood');
  }
  if (/^\s*::[A-Za-z]/.test(line)) found.push('workflow command');
  if (line.includes('##[') || line.includes('##vso[') || line.includes('##teamcity[')) found.push('logging command');
  return found;
}

it.each([
  ['orders', 'orders', 'plain text stays'],
  ['Bestellungen für 订单 注文 🚚', 'Bestellungen für 订单 注文 🚚', 'letters of all scripts stay'],
  ['a\u001b[31mb', 'a\\x1b[31mb', 'CSI'],
  ['\u001b]8;;https://evil.example\u0007x', '\\x1b]8;;https://evil.example\\x07x', 'OSC 8, a link'],
  ['\u009b31m', '\\x9b31m', 'CSI as one C1 byte'],
  ['done\rfail', 'done\\rfail', 'a carriage return overwrites the line'],
  ['a\u202eb', 'a\\u{202e}b', 'bidi override'],
  ['a\u200bb', 'a\\u{200b}b', 'zero width'],
  ['é' + '\u0301'.repeat(6), 'é' + '\u0301'.repeat(4) + '\\u{301}\\u{301}', 'combining flood'],
  ['a\nb\u2028c', 'a\\nb\\u{2028}c', 'one record, one line'],
  ['::set-env name=x::y', '\\::set-env name=x::y', 'GitHub workflow command'],
  ['  ::add-mask::x', '  \\::add-mask::x', 'white space before it is allowed there'],
  ['\u3000::stop-commands::x', '\u3000\\::stop-commands::x', 'any white space of Unicode'],
  ['订单\u3000::x', '订单\u3000::x', 'the ideographic space stays'],
  ['see ##vso[task.complete]', 'see #\\#vso[task.complete]', 'Azure reads commands anywhere in a line'],
  ['##[add-mask]x', '#\\#[add-mask]x', 'older GitHub runners'],
  ['::/0 tcp 80', '::/0 tcp 80', 'a block of IPv6 is not a command'],
  ['a::b', 'a::b', 'not a command in the middle of a line'],
  ['C:\\dir', 'C:\\dir', 'a backslash stays'],
])('%j is shown as %j: %s', (text, shown) => {
  expect(displayText(text)).toBe(shown);
});

it('leaves no active sequence, and is safe to apply twice', () => {
  fc.assert(
    fc.property(arbHostile, (text) => {
      const shown = displayText(text);
      expect(dangers(shown)).toEqual([]);
      expect(displayText(shown)).toBe(shown);
    }),
    { numRuns: runs(600, 1_000_000) },
  );
});

it('takes linear time', () => {
  expectCpuBelow(1_500, () => {
    for (const unit of ['#', '##a', '\u0301', ':', ' ', '\u001b']) displayText(unit.repeat(65_536));
  });
});
