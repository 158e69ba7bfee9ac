import { beforeAll, describe, expect, it } from 'vitest';
import { awsScene, awsStage, type AwsStage } from './aws-account.js';
import { baselineOf, play, type Baseline, type Show } from './show.js';
import { LINK_SHOWS } from './aws-link-shows.js';
import { TARGET_SHOWS } from './aws-target-shows.js';
import { BLOCK_SHOWS } from './aws-block-shows.js';

const SHOWS = [...LINK_SHOWS, ...TARGET_SHOWS, ...BLOCK_SHOWS];

describe('each check on the simulated AWS', () => {
  let scene: Awaited<ReturnType<typeof awsScene>>;
  let baseline: Baseline;
  beforeAll(async () => {
    scene = await awsScene();
    baseline = baselineOf(() => awsStage(scene));
  });

  it('has nothing to say against an integration that works', async () => {
    const { findings, gaps } = await awsStage(scene).report();
    expect(findings.filter(({ verdict }) => verdict !== 'pass')).toEqual([]);
    expect(findings.length).toBeGreaterThan(30);
    expect(gaps).toEqual([]);
  });

  it.each(SHOWS.map((show): [string, Show<AwsStage>] => [`${show.check}${show.how ? `, ${show.how}` : ''}`, show]))(
    '%s: fails with what decides it and what to do, and passes once that is done',
    (_, show) => play(show, () => awsStage(scene), baseline),
  );
});
