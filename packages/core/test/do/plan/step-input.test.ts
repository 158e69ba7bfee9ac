import { expect, it } from 'vitest';
import { gatewayOf, inputOf, routeInputOf, step } from '../../../src/do/plan/step-input.js';

const LINK = { kind: 'vpc-link-v2', id: 'l-1' } as const;
const rename = step(
  { id: 'rename link eu', kind: 'rename', resource: { type: 'link', name: 'eu' }, reason: '' },
  { linkRef: LINK, name: 'eu' },
);

it('the input of a step is read only as what the step does', () => {
  expect(inputOf(rename, 'rename link')).toEqual({ linkRef: LINK, name: 'eu' });
  expect(() => inputOf(rename, 'delete link', 'tag link')).toThrow(
    'step rename link eu: rename link is not delete link or tag link',
  );
});

it('a step of a link has no gateway and no route', () => {
  expect([gatewayOf(rename), routeInputOf(rename)]).toEqual([undefined, undefined]);
});
