import { beforeAll, describe, expect, it } from 'vitest';
import { expectSample } from '../../../../core/test/check/expect-sample.js';
import { simulate } from '../../../src/index.js';
import { alibabaScene, alibabaStage, openAlibaba, type AlibabaStage } from './account.js';
import { APART } from '../apart.js';
import { baselineOf, play, played, sampled, type Baseline, type Show } from '../show.js';
import { AWS_SHOWS } from '../aws/shows.js';
import { ALIBABA_SHOWS } from './shows.js';

/** The shows whose findings are samples: those of checks that AWS has, too, are from there. */
const ONLY_HERE = ALIBABA_SHOWS.filter((show) => !AWS_SHOWS.some(({ check }) => check === show.check));

describe('each check on the simulated Alibaba Cloud', () => {
  let scene: Awaited<ReturnType<typeof alibabaScene>>;
  let baseline: Baseline;
  beforeAll(async () => {
    scene = await alibabaScene();
    baseline = baselineOf(() => alibabaStage(scene));
  });

  it('reports only the end of the product for an integration that works', async () => {
    const { findings, gaps } = await alibabaStage(scene).report();
    const [ends, ...more] = findings.filter(({ verdict }) => verdict !== 'pass');
    expect(more).toEqual([]);
    expect(ends).toMatchObject({ check: 'link/retiring', verdict: 'fail', severity: 'warning', subject: 'link cn' });
    expect(ends?.message).toContain('in 476 days');
    if (ends !== undefined) await expectSample(ends);
    expect(ends?.remedy).toContain('Cloud-native API Gateway');
    expect(gaps).toEqual([]);
  });

  it(`link/retiring: ${APART['link/retiring']}`, async () => {
    const stage = alibabaStage(scene);
    await stage.simulation.advance(300 * 86_400_000);
    const [ends] = await stage.say('link/retiring');
    expect(ends?.message).toMatch(
      /no longer sold as of 2026-08-23, 217 days ago; .* 2027-03-21, 7 days ago; .*, in 176 days/,
    );
  });

  it(`link/service-role: ${APART['link/service-role']}`, async () => {
    const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
    const stage = await openAlibaba(simulation);
    const [missing] = await stage.say('link/service-role');
    if (missing !== undefined) await expectSample(missing);
    expect(missing).toMatchObject({
      verdict: 'fail',
      severity: 'warning',
      evidence: [{ id: expect.stringMatching(/^AliyunServiceRole/) }],
    });
    expect(missing?.remedy).toContain('ram:CreateServiceLinkedRole');
    simulation.faults.add({ service: 'ram', operation: 'GetRole', kind: 'deny' });
    const [unread] = await stage.say('link/service-role');
    expect(unread).toMatchObject({ verdict: 'unknown', remedy: expect.stringContaining('ram:GetRole') });
    simulation.faults.clear();
    await stage.apply();
    expect((await stage.say('link/service-role')).map(({ verdict }) => verdict)).toEqual(['pass']);
  });

  it.each(
    played(ALIBABA_SHOWS, ONLY_HERE).map((show): [string, Show<AlibabaStage>] => [
      `${show.check}${show.how ? `, ${show.how}` : ''}`,
      show,
    ]),
  )('%s: fails with the evidence and a remedy, and passes after the remedy', async (_, show) =>
    sampled(ONLY_HERE, show, await play(show, () => alibabaStage(scene), baseline)),
  );
});
