// The calls of the AWS SDK that these links, integrations and routes cannot be made without, as a script of one's own would make them:
// nothing is read first, nothing is read back, nothing is recorded. Links are created side by side and waited for with one list call per
// interval; writes to one API follow each other, because the cloud refuses them otherwise (409).
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';

/** As the adapter's `pollMs`, in simulated milliseconds. */
const POLL_MS = 5_000;

/**
 * @param {object} options
 * @param {readonly object[]} options.parts from `linksWorld`
 * @param {import('../../packages/core/dist/index.js').Clock} options.clock the simulated cloud's
 * @param {number} options.lanes how many calls may be under way
 * @returns how many calls were made, by operation
 */
export async function makeBare({ url, region, parts, clock, lanes }) {
  const credentials = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'simulator' };
  const api = new ApiGatewayV2({ region, endpoint: url, credentials, maxAttempts: 1 });
  const calls = new Map();
  const limited = limit(lanes);
  const call = (method, input) =>
    limited(() => {
      calls.set(method, (calls.get(method) ?? 0) + 1);
      return api[method](input);
    });
  const available = watch(call, clock);
  const tails = new Map();
  /** After the writes to the same API that were asked for before. */
  const inTurn = (apiId, work) => {
    const turn = (tails.get(apiId) ?? Promise.resolve()).then(work);
    tails.set(apiId, turn);
    return turn;
  };
  await Promise.all(
    parts.map(async ({ name, subnetIds, securityGroupIds, apiId: ApiId, listener, routeKey }) => {
      const { VpcLinkId } = await call('createVpcLink', {
        Name: name,
        SubnetIds: subnetIds,
        SecurityGroupIds: securityGroupIds,
        Tags: { project: 'bench', link: name },
      });
      await available(VpcLinkId);
      await inTurn(ApiId, async () => {
        const { IntegrationId } = await call('createIntegration', {
          ApiId,
          IntegrationType: 'HTTP_PROXY',
          IntegrationMethod: 'ANY',
          ConnectionType: 'VPC_LINK',
          ConnectionId: VpcLinkId,
          IntegrationUri: listener,
          PayloadFormatVersion: '1.0',
          Description: `bench ${name}`,
        });
        await call('createRoute', { ApiId, RouteKey: routeKey, Target: `integrations/${IntegrationId}` });
      });
    }),
  );
  api.destroy();
  return calls;
}

/** Resolves when a link is AVAILABLE: one list call per interval for all that wait. */
function watch(call, clock) {
  const waiting = new Map();
  let active = false;
  const poll = async () => {
    while (waiting.size > 0) {
      await clock.sleep(POLL_MS);
      const status = new Map();
      for (let NextToken; ;) {
        const page = await call('getVpcLinks', { MaxResults: '500', NextToken });
        for (const { VpcLinkId, VpcLinkStatus } of page.Items) status.set(VpcLinkId, VpcLinkStatus);
        NextToken = page.NextToken;
        if (NextToken === undefined) break;
      }
      for (const [id, done] of waiting) {
        if (status.get(id) !== 'AVAILABLE') continue;
        waiting.delete(id);
        done();
      }
    }
    active = false;
  };
  return (id) =>
    new Promise((resolve, reject) => {
      waiting.set(id, resolve);
      if (active) return;
      active = true;
      poll().catch(reject);
    });
}

function limit(lanes) {
  let free = lanes;
  const queue = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
