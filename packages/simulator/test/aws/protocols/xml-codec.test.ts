import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { escapeXml } from '../../../src/aws/protocols/xml-codec.js';
import { protocolOf } from '../../../src/aws/wire-door.js';
import { ServiceError } from '../../../src/aws/operation/operation.js';
import { PROVE } from '../../../../core/test/runs.js';

const parser = new XMLParser({ trimValues: false, parseTagValue: false, processEntities: true, htmlEntities: true });

it('is well-formed with any text in it, for a third-party parser', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      expect(XMLValidator.validate(`<a>${escapeXml(text)}</a>`)).toBe(true);
    }),
    { numRuns: PROVE ? 10_000 : 200 },
  );
});

it.each([
  ['<b>&amp;]]>', '<b>&amp;]]>', 'markup is text'],
  ['a\r\nb\tc', 'a\r\nb\tc', 'line ends and tabs are kept'],
  ['\u0000a\u001F', '\uFFFDa\uFFFD', 'XML has no control characters'],
  ['\uD800a', '\uFFFDa', 'XML has no half pairs'],
  ['😀 ü', '😀 ü', 'other characters are kept'],
])('%j is read as %j: %s', (text, read) => {
  expect(parser.parse(`<a>${escapeXml(text)}</a>`)).toEqual({ a: read });
});

it("keeps hostile text inside an error's message", async () => {
  const message = '</Message></Error><Error><Code>Other</Code>';
  for (const service of ['ec2', 'sts'] as const) {
    const { body } = (await protocolOf(service)).encodeError(new ServiceError('Some.Code', message), 'r');
    expect(XMLValidator.validate(body as string)).toBe(true);
    expect(body).not.toContain('<Code>Other');
  }
});
