import { expect, it } from 'vitest';
import { routerOf } from '../../src/alibaba/traditional/served/group-view.js';
import { serviceOf } from '../../src/alibaba/traditional/served/parameters.js';
import { unsetVariables } from '../../src/aws/connects/rest-method.js';
import { addressOf } from '../../src/aws/rest-apis/control/execution/endpoint-request.js';
import { testRequest } from '../../src/aws/rest-apis/served/test-invoke/test-request.js';

const SIZE = 64 * 1024;
/** A text of 64 KiB that is one part again and again. */
const pumped = (part: string): string => part.repeat(SIZE / part.length).padEnd(SIZE, part);

const published = (servicePath: string): any => ({
  definition: {
    name: 'a',
    scalars: {},
    requestConfig: { RequestHttpMethod: 'GET', RequestPath: '/a' },
    serviceConfig: { ServicePath: servicePath },
    openIdConnectConfig: undefined,
    lists: {},
    backendEnable: false,
    backendId: '',
  },
});
const view = (basePath: string): any => ({
  basePath,
  stages: new Map([['RELEASE', [{ api: { id: 'a', groupId: 'g' }, version: published('/a'), plugins: [] }]]]),
});
const call: any = { account: '111122223333', now: 0, id: (_: string, length: number) => 'a'.repeat(length) };
const test = (path: string) =>
  testRequest(
    call,
    { fields: { id: 'a' } } as never,
    { id: 'r', path } as never,
    { httpMethod: 'GET', pathWithQueryString: '/other' } as never,
  );

/** Linear work takes a few milliseconds; with the square of the length it is seconds. */
it.each<[string, () => unknown]>([
  ['the path of a resource', () => test(pumped('{'))],
  ['the path of a resource with variables', () => test(pumped('{a'))],
  ['the URI of an integration', () => addressOf({ uri: pumped('{') }, {})],
  ['the stage variables of a URI', () => addressOf({ uri: pumped('${stageVariables.') }, {})],
  ['the stage variables of a link', () => unsetVariables(pumped('${stageVariables.'))],
  ['the path of a backend', () => serviceOf(published(pumped('[')))],
  ['the base path of a group', () => routerOf(view(`${pumped('/')}a`), 'RELEASE')],
])('texts of 64 KiB are read in linear time: %s', (_what, run) => {
  const before = process.cpuUsage();
  run();
  const { user } = process.cpuUsage(before);
  expect(user / 1000).toBeLessThan(500);
});
