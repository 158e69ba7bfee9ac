import { CLOUDS, parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import { createContext, driversOf } from '@postern/core/internal/library';
import { diff, observeSpec } from '@postern/core/internal/plan';
import { alibaba } from '@postern/alibaba';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { alibabaScene, alibabaStage, REGION } from './alibaba/account.js';

describe('the imported spec of a healthy API group', () => {
  it.each(sample(['other', 'shop'], 2))(
    'passes its own check where APIs are on different stages, as project %s',
    async (project) => {
      const stage = alibabaStage(await alibabaScene());
      const { call, parts, simulation } = stage;
      const GroupId = parts.apiGroup;
      const [first, second] = call('CloudAPI', 'DescribeApis', { GroupId }).ApiSummarys.ApiSummary;
      for (const [ApiId, StageName] of [
        [first.ApiId, 'PRE'],
        [first.ApiId, 'TEST'],
        [second.ApiId, 'TEST'],
      ]) {
        call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: 'by hand' });
      }
      await stage.wait();

      const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
      const drivers = driversOf(alibaba({ region: REGION, api: simulation.alibaba(REGION) }));
      const snapshot = await observeSpec(stage.parsed(), drivers, ctx, { all: true });
      stage.spec = specFromSnapshot(snapshot, { project });
      const { findings } = await stage.report();
      const bad = findings.filter(({ severity, verdict }) => verdict === 'fail' && severity === 'error');
      expect(bad.map(({ check, message }) => `${check}: ${message}`)).toEqual([]);
      const spec = parseSpec(stage.spec);
      expect(Object.values(spec.integrations).flatMap(({ routes }) => Object.keys(routes))).toHaveLength(2);
      // The scene's own APIs were changed manually: a plan publishes them again.
      if (project === 'other')
        expect(diff(await observeSpec(spec, drivers, ctx), spec, { clouds: CLOUDS }).units).toEqual([]);
    },
  );
});
