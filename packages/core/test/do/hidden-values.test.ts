import { expect, it } from 'vitest';
import { hidingValues } from '../../src/do/hidden-values.js';
import { markdownText } from '../../src/ground/text/document-markdown.js';

const hiding = (value: string) => hidingValues({ hidden: [{ value, name: 'env:HOST' }] }) ?? ((text: string) => text);

it.each([
  ['as it is', 'orders.internal', 'calls orders.internal', 'calls ${env:HOST}'],
  ['in Markdown', 'orders.in-ternal', markdownText('calls orders.in-ternal'), 'calls ${env:HOST}'],
  ['in JSON', 'a"b', JSON.stringify({ host: 'a"b' }), '{"host":"${env:HOST}"}'],
  ['but not the syntax of JSON', '"orders"', JSON.stringify({ name: 'orders' }), '{"name":"orders"}'],
  ['and in JSON with its quotation marks', '"orders"', JSON.stringify({ name: '"orders"' }), '{"name":"${env:HOST}"}'],
  ['but not the name of a member', 'host', '{"host":"host"}', '{"host":"${env:HOST}"}'],
])('hides a value %s', (_, value, text, shown) => {
  expect(hiding(value)(text)).toBe(shown);
});

it('hides each part of a text once: neither a name nor the rest of a longer value is hidden again', () => {
  const hidden = [
    { value: 'prod', name: 'env:STAGE' },
    { value: 'STAGE', name: 'env:WORD' },
    { value: 'od-eu', name: 'env:PART' },
  ];
  expect(hidingValues({ hidden })?.('prod, STAGE and prod-eu')).toBe('${env:STAGE}, ${env:WORD} and pr${env:PART}');
});
