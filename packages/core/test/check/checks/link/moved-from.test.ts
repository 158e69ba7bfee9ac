import { describe, expect, it } from 'vitest';
import { linkHash } from '../../../../src/do/world/resolve/link-identity.js';
import { check } from '../../../../src/check/checks/run.js';
import { awsWorld } from '../world.js';
import { CLOUDS } from '../../../clouds.js';

/** A world whose link carries the mark of this spec under the name `old`, and a spec that declares it as `eu`. */
const moved = (from: string) =>
  awsWorld(({ region, spec, linkSpec }) => {
    const [link] = region.links;
    if (link === undefined) throw new Error('the world has no link');
    Object.assign(spec, { spec: 'shop-1' });
    const owner = { project: 'shop', spec: 'shop', integration: 'old' };
    link.owner = { ...owner, spec: 'shop-1', specHash: linkHash(owner, link) };
    delete linkSpec.id;
    Object.assign(linkSpec, { subnets: link.subnetIds, securityGroups: link.securityGroupIds });
    Object.assign(spec, { moved: [{ kind: 'link', from, to: 'eu', path: 'moved[0]' }] });
  });

describe('link/exists: a former name', () => {
  const verdictOf = (from: string) => {
    const { snapshot, spec } = moved(from);
    return check(snapshot, spec, { clouds: CLOUDS }).findings.find((one) => one.check === 'link/exists');
  };

  it('is found in the mark of the link', () => {
    expect(verdictOf('old')).toMatchObject({ verdict: 'pass', message: 'it exists: vlink-1' });
  });

  it('fails where no link of the spec has it, and a plan refuses it', () => {
    expect(verdictOf('odl')).toMatchObject({
      verdict: 'fail',
      evidence: [{ text: expect.stringContaining('NOT_FOUND') }],
      remedy: expect.stringContaining('Write links.old'),
    });
  });
});
