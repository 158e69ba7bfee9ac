import { describe, expect, it } from 'vitest';
// @ts-expect-error -- a script, without types
import {
  alibabaProblem,
  circleOfFiles,
  circles,
  corners,
  layerProblem,
  plansProblem,
  simulatorPlace,
  simulatorProblem,
} from '../layers.mjs';

describe('the books and layers of core', () => {
  it.each([
    ['check/checks/link/quota.ts', 'do/plan/plan.ts', 'of do/plan/, check/checks/ imports nothing'],
    ['check/judge/judge-plan.ts', 'do/plan/plan.ts', undefined],
    ['moves/validate/validate.ts', 'check/checks/run.ts', undefined],
    ['moves/validate/validate.ts', 'check/checks/link/quota.ts', 'of check/checks, others import'],
    ['check/path/walk.ts', 'check/checks/run.ts', 'check: path is not above checks'],
    ['do/world/views.ts', 'do/plan/plan.ts', 'do: world is not above plan'],
    ['do/fresh/one.ts', 'do/driver.ts', 'core/src/do/fresh has no layer'],
    ['ground/errors.ts', 'ground/error-codes.ts', undefined],
    ['index.ts', 'check/checks/run.ts', 'index imports nothing of check'],
  ])('%s imports %s: %s', (file, target, expected) => {
    if (expected === undefined) expect(layerProblem(file, target)).toBeUndefined();
    else expect(layerProblem(file, target)).toContain(expected);
  });

  it.each([
    ['aws/ec2/operations/vpc.ts', 'aws/protocols/aws-query.ts', 'aws: ec2 is not above protocols'],
    ['aws/ec2/vpc/network.ts', 'aws/load-balancing/state.ts', undefined],
    ['aws/ec2/vpc/network.ts', 'aws/load-balancing/find.ts', 'aws: ec2 is not above load-balancing'],
    ['aws/ec2/state.ts', 'aws/ec2/vpc/network.ts', 'aws: state is not above ec2'],
    ['aws/connects/places.ts', 'aws/ec2/vpc/network.ts', undefined],
    ['simulation/world/world.ts', 'aws/aws-cloud.ts', 'simulator: simulation is not above aws'],
    ['aws/aws-cloud.ts', 'alibaba/alibaba-cloud.ts', 'simulator: aws is not above alibaba'],
    ['aws/fresh/one.ts', 'aws/ec2/index.ts', 'simulator/src/aws/fresh has no layer'],
    ['alibaba/cloud-native/served/gateway.ts', 'alibaba/traffic/journey.ts', undefined],
    ['alibaba/cloud-native/served/gateway.ts', 'alibaba/traditional/served/group.ts', 'import nothing of each other'],
    ['alibaba/traditional/twin/load-apis.ts', 'alibaba/cloud-native/twin/load-apig.ts', 'import nothing of each other'],
  ])('of the simulator: %s imports %s: %s', (file, target, expected) => {
    if (expected === undefined) expect(simulatorProblem(file, target)).toBeUndefined();
    else expect(simulatorProblem(file, target)).toContain(expected);
  });

  it.each([
    ['traditional/handover/assess/rules/paths.ts', 'traditional/handover/mapping/size.ts', undefined],
    [
      'traditional/handover/assess/rules/paths.ts',
      'traditional/handover/plan/names.ts',
      'handover: assess is not above plan',
    ],
    ['traditional/handover/plan/names.ts', 'traditional/handover/driver/dns.ts', 'handover: plan is not above driver'],
    ['traditional/handover/plan/names.ts', 'limits.ts', 'of the adapter, handover/driver alone imports'],
    ['traditional/handover/driver/dns.ts', 'limits.ts', undefined],
    [
      'driver.ts',
      'traditional/handover/driver/dns.ts',
      'of the wing traditional, others import traditional/door alone',
    ],
    ['traditional/groups/api.ts', 'traditional/handover/driver/dns.ts', 'the adapter imports nothing of the hand-over'],
    [
      'traditional/handover/fresh/one.ts',
      'traditional/handover/plan/names.ts',
      'alibaba/src/traditional/handover/fresh has no layer',
    ],
  ])('of the hand-over: %s imports %s: %s', (file, target, expected) => {
    if (expected === undefined) expect(alibabaProblem(file, target)).toBeUndefined();
    else expect(alibabaProblem(file, target)).toContain(expected);
  });

  it.each([
    ['plans/rows/network.ts', 'plans/index.ts', undefined],
    ['plans/rows/network.ts', 'arn.ts', 'plans import nothing of the adapter'],
    ['driver.ts', 'plans/index.ts', 'only users import plans'],
    ['rest-apis/plans/rows.ts', 'plans/rows/id-forms.ts', undefined],
    ['plans/index.ts', 'rest-apis/door/plans.ts', undefined],
    ['plans/index.ts', 'rest-apis/door/methods.ts', 'plans import nothing of the adapter'],
    ['rest-apis/routes.ts', 'rest-apis/plans/rows.ts', 'only users import plans'],
    ['rest-apis/cloud/rules.ts', 'limits.ts', 'the value of the cloud imports nothing else of its package'],
  ])('of the types of plans: %s imports %s: %s', (file, target, expected) => {
    expect(plansProblem(file, target)).toBe(expected);
    expect(alibabaProblem(file, target)).toBe(expected);
  });

  it.each([
    ['methods.ts', 'rest-apis/door/methods.ts', undefined],
    ['methods.ts', 'rest-apis/routes.ts', 'of the wing rest-apis, others import rest-apis/door alone'],
    ['http-apis/route.ts', 'rest-apis/routes.ts', 'of the wing rest-apis, others import rest-apis/door alone'],
    ['rest-apis/routes.ts', 'rest-apis/write/adopt.ts', undefined],
    ['rest-apis/routes.ts', 'gateways/integration-target.ts', undefined],
  ])('of the doors of wings: %s imports %s: %s', (file, target, expected) => {
    expect(plansProblem(file, target)).toBe(expected);
  });

  it('counts the rows of an area as state of its cloud', () => {
    expect(
      circles(
        [
          ['aws/state/aws-state.ts', 'aws/ec2/state.ts'],
          ['aws/ec2/state.ts', 'aws/state/given.ts'],
        ].map((one) => one.map(simulatorPlace)),
      ),
    ).toEqual([]);
    expect(simulatorPlace('aws/ec2/vpn/state.ts')).toBe('aws/state/ec2/vpn.ts');
  });

  it('finds folders of one level that import each other in a cycle, and no others', () => {
    expect(
      circles([
        ['path/routes/a.ts', 'path/acls/b.ts'],
        ['path/acls/b.ts', 'path/groups/c.ts'],
        ['path/groups/c.ts', 'path/routes/a.ts'],
      ]),
    ).toEqual(['path: routes → acls → groups → routes']);
    expect(
      circles([
        ['path/routes/a.ts', 'path/step.ts'],
        ['path/step.ts', 'path/routes/a.ts'],
        ['plan/a.ts', 'world/b.ts'],
      ]),
    ).toEqual([]);
  });

  it('finds files that import each other in a circle, whatever their folders', () => {
    expect(
      circleOfFiles([
        ['path/leg.ts', 'path/acls/a.ts'],
        ['path/acls/a.ts', 'path/acls/b.ts'],
        ['path/acls/b.ts', 'path/acls/a.ts'],
      ]),
    ).toBe('path/acls/a.ts → path/acls/b.ts → path/acls/a.ts');
    expect(circleOfFiles([['path/leg.ts', 'path/acls/a.ts']])).toBeUndefined();
  });
});

describe('a short file', () => {
  /** The files that belong into their importer, of files with these lines and importers. */
  const found = (lines: number, ...importers: readonly { readonly file: string; readonly lazy?: boolean }[]) =>
    corners(
      new Map([
        ['do/short.ts', { lines, imports: [] }],
        ...importers.map(
          ({ file, lazy = false }) => [file, { lines: 200, imports: [{ target: 'do/short.ts', lazy }] }] as const,
        ),
      ]),
    ).map(({ file }: { readonly file: string }) => file);

  it('belongs into the only file that imports it', () => {
    expect(found(59, { file: 'do/plan.ts' })).toEqual(['do/short.ts']);
  });

  it.each([
    ['with sixty lines', 60, [{ file: 'do/plan.ts' }]],
    ['with two importers', 10, [{ file: 'do/plan.ts' }, { file: 'do/apply.ts' }]],
    ['in the table of an index', 10, [{ file: 'do/index.ts' }]],
    ['in an entry', 10, [{ file: 'entries/plan.ts' }]],
    ['that is loaded lazily', 10, [{ file: 'do/plan.ts', lazy: true }]],
    ['without an importer', 10, []],
  ] as const)('%s stays a file', (_, lines, importers) => {
    expect(found(lines, ...importers)).toEqual([]);
  });
});
