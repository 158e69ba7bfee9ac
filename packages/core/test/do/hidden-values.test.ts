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

it.each([
  ['a name is not searched again', ['prod', 'STAGE'], 'prod and STAGE', '${env:0} and ${env:1}'],
  ['parts that overlap have the name of the longer value', ['prod', 'od-eu'], 'prod-eu', '${env:1}'],
  ['a part in a longer one', ['STAGE', 'a-STAGE-b'], 'a-STAGE-b', '${env:1}'],
  ['a value that overlaps itself', ['xxxab', 'aba'], 'xxxababa', '${env:0}'],
  ['values that follow one another', ['prod'], 'prodprod', '${env:0}${env:0}'],
])('hides each part of a text once: %s', (_, values, text, shown) => {
  const hidden = values.map((value, at) => ({ value, name: `env:${at}` }));
  expect(hidingValues({ hidden })?.(text)).toBe(shown);
});
