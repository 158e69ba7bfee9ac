import { parseSpec } from '../../clouds.js';
import { expect, it } from 'vitest';
import type { PosternError } from '../../../src/ground/errors.js';

const spec = (moved: string, more = '') => `version: 1
project: shop
defaults: { region: eu-west-1 }
moved: ${moved}
links:
  eu: { provider: aws, subnets: [subnet-0a] }
  theirs: { provider: aws, id: a1b2c3, owner: external }
integrations:
  pay:
    link: eu
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { main: { listener: { loadBalancer: pay-alb, port: 80 } } }
    routes: { 'GET /pay': main }
  inside:
    link: { provider: aws, subnets: [subnet-0b] }
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { main: { listener: { loadBalancer: pay-alb, port: 80 } } }
    routes: { 'GET /inside': main }
${more}`;

const movesOf = (moved: string) =>
  parseSpec(spec(moved)).moved?.map(({ kind, integration, from, to }) => ({ kind, integration, from, to }));

function fault(moved: string): PosternError {
  try {
    parseSpec(spec(moved));
  } catch (error) {
    return error as PosternError;
  }
  throw new Error('the spec was accepted');
}

it('names links, integrations and targets by their paths', () => {
  expect(
    movesOf(
      '[{ from: links.us, to: links.eu }, { from: integrations.old, to: integrations.pay }, { from: integrations.pay.targets.t, to: integrations.pay.targets.main }]',
    ),
  ).toEqual([
    { kind: 'link', integration: undefined, from: 'us', to: 'eu' },
    { kind: 'integration', integration: undefined, from: 'old', to: 'pay' },
    { kind: 'target', integration: 'pay', from: 't', to: 'main' },
  ]);
});

it('leads to the key at the end of a chain', () => {
  expect(movesOf('[{ from: links.a, to: links.b }, { from: links.b, to: links.eu }]')).toMatchObject([
    { from: 'a', to: 'eu' },
    { from: 'b', to: 'eu' },
  ]);
});

it('follows a target into its renamed integration, before and after the rename', () => {
  expect(
    movesOf(
      '[{ from: integrations.old.targets.a, to: integrations.old.targets.b }, { from: integrations.old, to: integrations.pay }, { from: integrations.old.targets.b, to: integrations.pay.targets.main }]',
    )?.filter(({ kind }) => kind === 'target'),
  ).toEqual([
    { kind: 'target', integration: 'pay', from: 'a', to: 'main' },
    { kind: 'target', integration: 'pay', from: 'b', to: 'main' },
  ]);
});

it('renames the link inside an integration with it', () => {
  expect(movesOf('[{ from: integrations.old, to: integrations.inside }]')).toMatchObject([
    { kind: 'integration', from: 'old', to: 'inside' },
    { kind: 'link', from: 'old', to: 'inside' },
  ]);
});

it.each([
  ['other kinds', 'links.us', 'integrations.pay', 'links.us is a link, and integrations.pay is an integration', 'to'],
  ['a former key that is declared', 'links.eu', 'links.theirs', 'links.eu is still declared', 'from'],
  ['the same key', 'links.eu', 'links.eu', 'the entries form a circle', 'to'],
  ['a key that is not declared', 'links.us', 'links.ue', 'links.ue is not declared', 'to'],
  ['an external link', 'links.us', 'links.theirs', 'links.theirs is external', 'to'],
  [
    'a target of another integration',
    'integrations.inside.targets.t',
    'integrations.pay.targets.main',
    'are targets of different integrations',
    'to',
  ],
  ['what is no path', 'eu', 'links.eu', 'not a link, an integration or a target', 'from'],
  ['another section', 'gateways.x', 'links.eu', 'not a link, an integration or a target', 'from'],
])('is refused for %s', (_, from, to, message, side) => {
  const error = fault(`[{ from: ${from}, to: ${to} }]`);
  expect(error).toMatchObject({
    code: 'INVALID_SPEC',
    message: expect.stringContaining(message),
    remedy: expect.stringMatching(/^[A-Z].*\.$/),
    place: { path: `moved[0].${side}`, line: 4 },
  });
});

it.each([
  ['from', '[{ from: links.a, to: links.eu }, { from: links.a, to: links.b }]', 'moved[0] already moves links.a'],
  ['to', '[{ from: links.a, to: links.eu }, { from: links.b, to: links.eu }]', 'moved[0] already moves something'],
])('is refused where two entries have the same key in `%s`', (side, moved, message) => {
  expect(fault(moved)).toMatchObject({
    code: 'INVALID_SPEC',
    message: expect.stringContaining(message),
    place: { path: `moved[1].${side}` },
  });
});

it('is refused where entries form a circle, and for a misspelled key with the intended one', () => {
  const circle = fault('[{ from: links.a, to: links.b }, { from: links.b, to: links.a }]');
  expect(circle).toMatchObject({ code: 'INVALID_SPEC', message: expect.stringContaining('form a circle') });
  expect(fault('[{ from: integrations.old, to: integrations.pya }]').remedy).toBe('Write integrations.pay.');
});
