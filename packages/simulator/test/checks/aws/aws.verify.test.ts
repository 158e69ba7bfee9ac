import { beforeAll, describe, expect, it } from 'vitest';
import { awsScene, awsStage, type AwsStage } from './account.js';
import { callBalancer, calls } from './ways.js';
import { baselineOf, play, played, sampled, type Baseline, type Show } from '../show.js';
import { from, tcp } from './moves.js';
import { AWS_SHOWS } from './shows.js';

describe('each check on the simulated AWS', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  let baseline: Baseline;
  beforeAll(async () => {
    scene = await awsScene();
    baseline = baselineOf(() => awsStage(scene));
  });

  it('has no findings for an integration that works', async () => {
    const { findings, gaps } = await awsStage(scene).report();
    expect(findings.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(findings.length).toBeGreaterThan(30);
    expect(gaps).toEqual([]);
  });

  it('a load balancer that is called by its address is unknown until it is read', async () => {
    const stage = awsStage(scene);
    stage.admit(stage.parts.groups.balancer, tcp(80, from('10.20.0.0/16')));
    await callBalancer(stage);
    expect(calls(stage)).toMatchObject({ connects: false, by: 'listener' });
    const [unread] = await stage.say('path/load-balancer');
    expect(unread).toMatchObject({ verdict: 'unknown', remedy: expect.stringContaining('postern snapshot') });
    const { findings } = await stage.report({ all: true });
    expect(findings.find(({ check }) => check === 'path/load-balancer')).toMatchObject({ verdict: 'fail' });
  });

  it.each(
    played(AWS_SHOWS).map((show): [string, Show<AwsStage>] => [
      `${show.check}${show.how ? `, ${show.how}` : ''}`,
      show,
    ]),
  )('%s: fails with the evidence and a remedy, and passes after the remedy', async (_, show) =>
    sampled(AWS_SHOWS, show, await play(show, () => awsStage(scene), baseline)),
  );
});
