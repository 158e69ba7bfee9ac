import { describe, expect, it } from 'vitest';
import { check } from '../../../src/check/checks/run.js';
import { explainFailure } from '../../../src/do/probe/probe-result.js';
import { probeRoutes } from '../../../src/do/probe/probe-routes.js';
import { AWS_FAULTS } from '../../check/checks/aws-faults.js';
import { awsWorld, type World, withhold } from '../../check/checks/world.js';
import { edit } from '../../check/checks/edits.js';
import { CLOUDS } from '../../clouds.js';

/** What check reports of a world, and what of it explains that no backend answered. */
function explained(world: World) {
  const { snapshot, spec } = world;
  const report = check(snapshot, spec, { clouds: CLOUDS, passes: false });
  const [route] = probeRoutes(snapshot, spec, { clouds: CLOUDS });
  if (route === undefined) throw new Error('no route');
  return { report, found: explainFailure(route, 'backend', report), route };
}

describe('the finding that explains a failed call', () => {
  it.each(AWS_FAULTS)('%s: exists where a check of severity error fails, and is one of those', (_, fault) => {
    const { report, found } = explained(awsWorld(fault));
    const failures = report.findings.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'error');
    const isAbout = failures.filter(({ about }) =>
      about.some(({ kind }) => /^(?:route|target|link|gateway)$/.test(kind)),
    );
    if (isAbout.length > 0) expect(isAbout).toContainEqual(found);
    else expect(found?.verdict).not.toBe('fail');
  });

  it('is not one of another route, target or integration', () => {
    const world = awsWorld(edit({ 'securityGroups.sg-link.rules': [] }));
    const { report, found, route } = explained(world);
    expect(found?.check).toBe('path/security-group');
    expect(explainFailure({ ...route, target: 'stock' }, 'backend', report)).toBeUndefined();
    expect(explainFailure({ ...route, integration: 'stock' }, 'backend', report)).toBeUndefined();
    expect(explainFailure({ ...route, link: 'us' }, 'backend', report)).toBeUndefined();
  });

  it('is an undecided check only where none fails', () => {
    const lacking = withhold('securityGroups', 'ec2:DescribeSecurityGroups');
    expect(explained(awsWorld(lacking)).found?.verdict).toBe('unknown');
    const both = awsWorld((world) => {
      lacking(world);
      Object.assign(world.the('links', 'vlink-1'), { state: 'failed', nativeState: 'FAILED' });
    });
    expect(explained(both).found).toMatchObject({ verdict: 'fail', check: 'link/state' });
  });
});
