import { createContext } from '@postern/core/internal/library';
import { simulate } from '@postern/simulator';
import { expect, it } from 'vitest';
import { listAll } from '../../src/client/list-all.js';
import { createSession } from '../../src/client/session.js';
import { REGION, refusalOf } from '../world/simulated.js';

type Answer = Readonly<Record<string, unknown>>;

/** A session whose lists answer these pages, and the inputs of its calls. */
function scene(pages: readonly Answer[]) {
  const simulation = simulate({ seed: 7, clock: 'auto' });
  const clients = simulation.clients(REGION);
  const asked: object[] = [];
  const getVpcLinks = (input: object) => {
    asked.push(input);
    return Promise.resolve(pages[asked.length - 1] ?? {});
  };
  const describeListenerCertificates = getVpcLinks;
  const own = {
    clients: {
      ...clients,
      apiGatewayV2: Object.assign(Object.create(clients.apiGatewayV2) as typeof clients.apiGatewayV2, { getVpcLinks }),
      elasticLoadBalancingV2: Object.assign(
        Object.create(clients.elasticLoadBalancingV2) as typeof clients.elasticLoadBalancingV2,
        { describeListenerCertificates },
      ),
    },
  };
  const session = createSession(own, REGION);
  const ctx = createContext({ clock: simulation.clock });
  return {
    asked,
    links: () => listAll(session, ctx, 'VPC links', 'apigatewayv2', 'GetVpcLinks'),
    certificates: () =>
      listAll(session, ctx, 'certificates', 'elasticloadbalancing', 'DescribeListenerCertificates', {
        ListenerArn: 'l',
      }),
  };
}

it('has an item once, as read last, that moved to a later page during the read', async () => {
  const link = (VpcLinkId: string, VpcLinkStatus: string) => ({ VpcLinkId, Name: 'eu', VpcLinkStatus });
  const { links, asked } = scene([
    { Items: [link('a', 'PENDING'), link('b', 'AVAILABLE')], NextToken: 't' },
    { Items: [link('a', 'AVAILABLE'), link('c', 'AVAILABLE')] },
  ]);
  expect(await links()).toEqual([link('a', 'AVAILABLE'), link('b', 'AVAILABLE'), link('c', 'AVAILABLE')]);
  expect(asked).toEqual([{ MaxResults: '500' }, { MaxResults: '500', NextToken: 't' }]);
});

it('keeps equal items that have no key, and names tokens as the service does', async () => {
  const { certificates, asked } = scene([
    { Certificates: [{ IsDefault: true }], NextMarker: 'm' },
    { Certificates: [{ IsDefault: true }], NextMarker: '' },
  ]);
  expect(await certificates()).toEqual([{ IsDefault: true }, { IsDefault: true }]);
  expect(asked).toEqual([
    { ListenerArn: 'l', PageSize: 400 },
    { ListenerArn: 'l', PageSize: 400, Marker: 'm' },
  ]);
});

it.each([
  ['its key', { Name: 'x' }, 'the response has no VpcLinkId'],
  ['another member that each has', { VpcLinkId: 'a' }, 'the response has no Name'],
])('is refused where an item has not %s', async (_, item, message) => {
  const { links } = scene([{ Items: [item] }]);
  expect(await refusalOf(links())).toMatchObject({
    code: 'BAD_RESPONSE',
    operation: 'GetVpcLinks',
    message: expect.stringContaining(message) as string,
  });
});

it('throws INCOMPLETE_LIST for a page without the list', async () => {
  const { links } = scene([{ Items: [], NextToken: 't' }, {}]);
  expect(await refusalOf(links())).toMatchObject({ code: 'INCOMPLETE_LIST', operation: 'GetVpcLinks' });
});
