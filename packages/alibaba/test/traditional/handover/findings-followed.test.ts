import { assess, parseWaiver, handoverReader } from '../../../src/traditional/handover/internal.js';
import { describe, expect, it } from 'vitest';
import { BLOCKED, CHANGED } from './assess/rows.js';
import { REGION } from '../../world/simulated.js';
import { runWorld, type RunWorld } from './run-world.js';
import { definition, publish } from './shop.js';

/** A finding that blocks a hand-over, and how its remedy is done. A remedy that names a waiver is tested with the rules. */
interface FindingCase {
  readonly rule: string;
  readonly code: string;
  readonly remedy: RegExp;
  readonly plant: (world: RunWorld) => unknown;
  readonly follow: (world: RunWorld) => unknown;
}

const deny =
  (operation: string): FindingCase['plant'] =>
  ({ simulation }) =>
    simulation.faults.add({ operation, kind: 'deny' });
const allow: FindingCase['follow'] = ({ simulation }) => simulation.faults.clear();

const at = ({ groupId: GroupId }: RunWorld, ApiId: string) => ({ GroupId, ApiId, StageName: 'RELEASE' });
const deploy = (world: RunWorld, id: string): unknown =>
  world.call('CloudAPI', 'DeployApi', { ...at(world, id), Description: 'again' });
const abolish = (world: RunWorld, id: string): unknown => world.call('CloudAPI', 'AbolishApi', at(world, id));

function accessOf({ cloud }: RunWorld) {
  const { networkId, targets } = cloud.world as unknown as {
    readonly networkId: string;
    readonly targets: readonly { readonly instance: string }[];
  };
  return { VpcId: networkId, InstanceId: targets[1]?.instance, Port: 8080 };
}

/** The API beside GET /orders/[id] that would be the same route. */
const TWIN = 'orders__number_';

/** Why no case does what a remedy says. */
const BACKEND = 'the backend itself must be changed or chosen';
const NO_CASE = 'it can be followed: no world has it yet';

/** Findings whose remedy no case follows, and why. */
const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  BACKEND_ABSENT: BACKEND,
  METHOD_CHANGED: BACKEND,
  FUNCTION_V2: BACKEND,
  REGISTRY_UNSUPPORTED: BACKEND,
  OSS_BACKEND: BACKEND,
  EVENT_BRIDGE: BACKEND,
  NAMED_BACKEND_ABSENT: BACKEND,
  ADDRESS_MISSING: BACKEND,
  CONSTANT_ELSEWHERE: BACKEND,
  LOG_MASK: 'the fields of the log must be chosen',
  DATASET: 'the values are in a service that is not simulated',
  GROUP_LOCKED: 'the provider decides',
  CLUSTER: 'another instance must be bought or chosen',
  OTHER_REGION: 'another gateway must be bought or chosen',
  TARGET_TYPE: 'another gateway must be bought or chosen',
  NAT_MISSING: 'a NAT gateway must be bought',
  NAT_UNKNOWN: 'a person must look for a NAT gateway',
  CERTIFICATE_ORIGIN: 'a person must look up the certificate',
  API_PRODUCT: NO_CASE,
  BACKEND_UNREAD: NO_CASE,
  TARGET_NOT_RUNNING: NO_CASE,
  TARGET_ELASTIC: NO_CASE,
  TARGET_ACCESS_NOT_READ: NO_CASE,
  VARIABLE_UNKNOWN: NO_CASE,
};

const CASES: readonly FindingCase[] = [
  {
    rule: 'backend/vpc-access',
    code: 'ACCESS_ABSENT',
    remedy: /^Create the authorization and publish its APIs again/,
    plant: (world) => world.call('CloudAPI', 'RemoveVpcAccess', accessOf(world)),
    follow: (world) => {
      world.call('CloudAPI', 'SetVpcAccess', { ...accessOf(world), Name: 'orders-vpc' });
      for (const id of Object.values(world.apis)) deploy(world, id);
    },
  },
  {
    rule: 'backend/vpc-access',
    code: 'BACKEND_NOT_READ',
    remedy: /^Allow `postern` to read the authorizations, and assess again\.$/,
    plant: deny('DescribeVpcAccesses'),
    follow: allow,
  },
  {
    rule: 'app/signature',
    code: 'APP_NOT_READ',
    remedy: /^Allow `postern` to call DescribeAppSecurity, and assess again\.$/,
    plant: deny('DescribeAppSecurity'),
    follow: allow,
  },
  {
    rule: 'group/not-read',
    code: 'NOT_READ',
    remedy: /^Allow `postern` to read them, and assess again\./,
    plant: deny('DescribePlugins'),
    follow: allow,
  },
  {
    rule: 'instance/kind',
    code: 'INSTANCE_NOT_READ',
    remedy: /^Allow `postern` to call DescribeInstances, and assess again\.$/,
    plant: deny('DescribeInstances'),
    follow: allow,
  },
  {
    rule: 'path/one-route',
    code: 'ONE_ROUTE',
    remedy: /take one of them offline\.$/,
    plant: ({ cloud }) => {
      const made = definition('/orders/[number]', { Mock: 'TRUE', MockResult: 'a' }, { AuthType: 'ANONYMOUS' });
      const parameter = { ApiParameterName: 'number', Location: 'Path', ParameterType: 'String', Required: 'REQUIRED' };
      publish(cloud, { ...made, RequestParameters: JSON.stringify([parameter]) });
    },
    follow: (world) => {
      const named = { GroupId: world.groupId, ApiName: TWIN };
      abolish(world, world.call('CloudAPI', 'DescribeApis', named).ApiSummarys.ApiSummary[0].ApiId);
    },
  },
  {
    rule: 'stage/unpublished',
    code: 'NOTHING_PUBLISHED',
    remedy: /or publish its APIs\.$/,
    plant: (world) => Object.values(world.apis).map((id) => abolish(world, id)),
    follow: (world) => Object.values(world.apis).map((id) => deploy(world, id)),
  },
];

describe('the remedy of a finding that blocks a hand-over', () => {
  it.each(CASES.map((one) => [one.code, one] as const))(
    '%s: is done as printed, and the plan is accepted',
    async (...row) => {
      const [, { rule, code, remedy, plant, follow }] = row;
      const world = await runWorld();
      const reader = handoverReader({ region: REGION, api: world.api });
      const found = async () => {
        const source = await reader.read({ groupId: world.groupId }, world.ctx);
        return assess(source).items.filter((one) => one.rule === rule && one.code === code);
      };
      expect(await found()).toEqual([]);
      await plant(world);
      const [item] = await found();
      expect(item?.remedy).toMatch(remedy);
      await expect(world.plan()).rejects.toMatchObject({ code: 'FINDINGS_FAILED' });
      await follow(world);
      expect(await found()).toEqual([]);
      const plan = await world.plan({ waivers: [parseWaiver('group/own-domain=a test')] });
      expect(plan.stages.flatMap(({ routes }) => routes)).toHaveLength(6);
    },
  );

  it('has a case for each code, or a waiver that the remedy names, or a reason', () => {
    const named = [...BLOCKED, ...CHANGED].flatMap(([rule, code, has, options]) =>
      assess(has, options).items.filter((one) => one.rule === rule && one.code === code),
    );
    const open = named.filter(({ verdict, remedy = '' }) => /blocked|unknown/.test(verdict) && !/waive/i.test(remedy));
    const listed = [...CASES.map(({ code }) => code), ...Object.keys(NOT_FOLLOWED)];
    expect([...new Set(open.map(({ code }) => code))].filter((code) => !listed.includes(code))).toEqual([]);
  });
});
