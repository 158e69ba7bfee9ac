import { expect, it } from 'vitest';
import type { ActionOutput } from '../../src/sdk-types.js';
import { toActions } from '../../src/load-balancing/listener.js';

const FORWARD: ActionOutput = { Type: 'forward', Order: 2, TargetGroupArn: 'tg-1' };
const login = (then?: string): ActionOutput => ({
  Type: 'authenticate-oidc',
  Order: 1,
  AuthenticateOidcConfig: (then === undefined
    ? {}
    : { OnUnauthenticatedRequest: then }) as ActionOutput['AuthenticateOidcConfig'],
});

it.each([
  ['one that verifies a token', { Type: 'jwt-validation', Order: 1 }, { kind: 'other', native: 'jwt-validation' }],
  ['a login page', login(), { kind: 'authenticate', statusCode: '302' }],
  ['a login that refuses', login('deny'), { kind: 'authenticate', statusCode: '401' }],
  ['a login that allows unauthenticated callers', login('allow'), { kind: 'authenticate', letsThrough: true }],
])('actions before the forward: %s', (_, action, expected) => {
  expect(toActions([FORWARD, action as ActionOutput])).toEqual([
    expected,
    { kind: 'forward', targetGroupIds: ['tg-1'] },
  ]);
});
