import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import type { Snapshot } from '@postern/core/internal/library';
import {
  judgeChangeSet,
  judgePulumi,
  readChangeSet,
  readPulumi,
  readTemplate,
  type PlanJudgement,
} from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';

type Properties = Readonly<Record<string, unknown>>;

/** A network with one route and one rule that forwards its calls; and two services behind rules of one listener, to be created. */
const { billing, apps } = JSON.parse(readFileSync(new URL('routes.json', import.meta.url), 'utf8')) as {
  readonly billing: Snapshot;
  readonly apps: {
    readonly snapshot: Snapshot;
    readonly template: { readonly Resources: Readonly<Record<string, object>> };
    readonly parameters: readonly object[];
    readonly changes: Readonly<Record<string, readonly [type: string, after: Properties]>>;
  };
};

const API = 'n3mtoie1lh';
const BILLS = { ApiId: API, RouteKey: 'ANY /bills/{proxy+}', Target: 'integrations/mpumrhv' };
const HEALTH = { ...BILLS, RouteKey: 'GET /health' };
const [LISTENER] = billing.regions[0]?.listeners ?? [];
const RULE = LISTENER?.rules?.[0]?.id ?? '';
const rule = (path: string): Properties => ({
  ListenerArn: LISTENER?.id,
  Priority: 1,
  Conditions: [{ Field: 'path-pattern', PathPatternConfig: { Values: [path] } }],
  Actions: [{ Type: 'forward', TargetGroupArn: LISTENER?.rules?.[0]?.actions[0]?.targetGroupIds?.[0] }],
});

/** An item of a change set. */
function change(name: string, type: string, after: Properties, before?: Properties, id?: string): object {
  const contexts = { AfterContext: { Properties: after }, ...(before && { BeforeContext: { Properties: before } }) };
  const [first] = Object.keys(after).filter((key) => JSON.stringify(after[key]) !== JSON.stringify(before?.[key]));
  const detail = { Target: { Attribute: 'Properties', Name: first, RequiresRecreation: 'Never' } };
  return {
    Type: 'Resource',
    ResourceChange: {
      Action: before === undefined ? 'Add' : 'Modify',
      LogicalResourceId: name,
      ResourceType: type,
      ...(before && { PhysicalResourceId: id, Replacement: 'False', Details: [detail] }),
      ...Object.fromEntries(Object.entries(contexts).map(([key, value]) => [key, JSON.stringify(value)])),
    },
  };
}

const ROUTE = 'AWS::ApiGatewayV2::Route';
const changedRoute = (after: Properties): object => change('Route', ROUTE, after, BILLS, 'm7g9q1b');
const changedRule = (path: string): object =>
  change('Rule', 'AWS::ElasticLoadBalancingV2::ListenerRule', rule(path), rule('/bills/*'), RULE);
const newRoute = change('Health', ROUTE, HEALTH);

/** The network with an HTTPS listener. */
function secured(): Snapshot {
  const own = structuredClone(billing) as unknown as { regions: Record<string, Record<string, unknown>[]>[] };
  const [region] = own.regions;
  const arn = 'arn:aws:acm:eu-west-1:111122223333:certificate/1';
  const names = ['bills.example.com'];
  region?.['certificates']?.push({ id: arn, names, valid: true, issuer: 'public', raw: null });
  Object.assign(region?.['listeners']?.[0] ?? {}, { protocol: 'HTTPS', certificateIds: [arn] });
  for (const { routes } of (region?.['gateways'] ?? []) as { routes?: object[] }[])
    for (const one of routes ?? []) Object.assign(one, { tls: { serverName: names[0] } });
  return own as unknown as Snapshot;
}

/** The network with a route whose calls no rule matches: it is down. */
function withOneDown(): Snapshot {
  const own = structuredClone(billing) as unknown as { regions: { gateways: { routes: object[] }[] }[] };
  const routes = own.regions[0]?.gateways[0]?.routes ?? [];
  routes.push({ ...routes[0], id: 'old', key: 'GET /old' });
  return own as unknown as Snapshot;
}

function found({ integrations }: PlanJudgement): readonly string[] {
  return integrations.map(({ route, before, after }) => `${route}: ${before} → ${after}`).toSorted();
}

const later = (base: Snapshot, ...changes: readonly object[]): PlanJudgement =>
  judgeChangeSet(
    readChangeSet(JSON.stringify({ StackName: 'shop', Parameters: [], Changes: changes })),
    undefined,
    base,
    { plans: [plans] },
  );

describe('a change set over a network that runs', () => {
  const signed = changedRoute({ ...BILLS, AuthorizationType: 'AWS_IAM' });
  it.each([
    ['adds a route that no rule matches', billing, [newRoute], 'pass', ['GET /health: absent → fail']],
    [
      'changes a rule beside a route that is down',
      withOneDown(),
      [changedRule('/bill/*')],
      'fail',
      ['GET /old: fail → fail'],
    ],
    [
      'adds a route beside one that is down',
      withOneDown(),
      [newRoute],
      'pass',
      ['GET /health: absent → fail', 'GET /old: fail → fail'],
    ],
    ['changes who may call', billing, [signed], 'pass', []],
    ['changes who may call over TLS', secured(), [signed], 'pass', []],
    ['changes who may call, and closes the path', billing, [signed, changedRule('/bill/*')], 'fail', []],
  ])('%s', (_, base, changes, after, others) => {
    expect(found(later(base, ...changes))).toEqual([`ANY /bills/{proxy+}: pass → ${after}`, ...others].toSorted());
  });

  it('changes the key of a route to one that no rule matches', () => {
    const invoices = changedRoute({ ...BILLS, RouteKey: 'ANY /invoices/{proxy+}' });
    expect(found(later(billing, invoices))).toEqual(['ANY /invoices/{proxy+}: pass → fail']);
  });
});

it('keeps where an integration leads in a preview that changes its route alone', () => {
  const urn = 'urn:pulumi:dev::shop::aws:apigatewayv2/route:Route::bills';
  const inputs = { apiId: API, routeKey: BILLS.RouteKey, target: BILLS.Target };
  const state = { urn, type: 'aws:apigatewayv2/route:Route', id: 'm7g9q1b' };
  const step = {
    op: 'update',
    urn,
    oldState: { ...state, inputs, outputs: { ...inputs, id: 'm7g9q1b' } },
    newState: { ...state, inputs: { ...inputs, authorizationType: 'AWS_IAM' }, outputs: {} },
  };
  const preview = readPulumi(JSON.stringify({ config: { 'aws:region': 'eu-west-1' }, steps: [step] }));
  const judged = judgePulumi(preview, secured(), { plans: [plans], region: 'eu-west-1' });
  expect(found(judged)).toEqual(['ANY /bills/{proxy+}: pass → pass']);
});

describe('two services behind rules of one listener', () => {
  const judged = (edit: (text: string) => string): PlanJudgement => {
    const { template, parameters, changes } = JSON.parse(edit(JSON.stringify(apps))) as typeof apps;
    const items = Object.entries(changes).map(([name, [type, after]]) => change(name, type, after));
    const set = readChangeSet(JSON.stringify({ StackName: 'apps', Parameters: parameters, Changes: items }));
    return judgeChangeSet(set, readTemplate(JSON.stringify(template)), apps.snapshot, { plans: [plans] });
  };

  it.each([
    ['both work', (text: string) => text, 'pass', 'pass'],
    ['the path of one rule does not match', (text: string) => text.replaceAll('"/app1*"', '"/app1/*"'), 'fail', 'pass'],
    [
      'one service names no container',
      (text: string) => text.replaceAll('"ContainerName":"app2"', '"ContainerName":"App2"'),
      'pass',
      'fail',
    ],
  ])('%s', (_, edit, one, two) => {
    expect(found(judged(edit))).toEqual([`ANY /app1: absent → ${one}`, `GET /app2/{proxy+}: absent → ${two}`]);
  });

  it('names what registers the targets behind a rule, and whose calls are lost', () => {
    const { findings } = judged((text) => text.replaceAll('"ContainerName":"app2"', '"ContainerName":"App2"'));
    const healthy = findings.find(({ check, verdict }) => check === 'target/healthy' && verdict === 'fail');
    expect(healthy).toMatchObject({
      routes: ['GET /app2/{proxy+}'],
      message: expect.stringContaining(
        'the rule forwards to App2Targets; App2Service registers them, and its tasks fail',
      ) as string,
      remedy: expect.stringContaining('Correct the cause for which tasks of App2Service fail') as string,
    });
  });
});
