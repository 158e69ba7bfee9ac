import { aws as adapter } from '@postern/aws';
import { describe, expect, it } from 'vitest';
import { REGION } from '../../../../aws/test/world/simulated.js';
import { PROVE } from '../../../../core/test/runs.js';
import { awsCli, awsEnvironment, missingTool, run } from '../../shows/tools.js';
import { canaryShop } from './canary-shop.js';

/** It starts each client a few times, and few machines have them. */
const reason = PROVE ? (missingTool('aws') ?? missingTool('python3')) : 'npm run prove runs it';

const BOTO3_CACHE = `
import boto3, json, sys
api = boto3.client("apigateway")
stage = api.get_stage(restApiId=sys.argv[1], stageName="prod")
api.flush_stage_cache(restApiId=sys.argv[1], stageName="prod")
after = api.get_stage(restApiId=sys.argv[1], stageName="prod")["cacheClusterStatus"]
print(json.dumps([stage["cacheClusterSize"], stage["cacheClusterStatus"], stage["methodSettings"]["*/*"]["cacheTtlInSeconds"], after]))
`;

describe.skipIf(reason !== undefined)(`clients of others${reason === undefined ? '' : ` (skipped: ${reason})`}`, () => {
  it('see the cache of a stage as it was declared, and flush it', { timeout: 300_000 }, async () => {
    const { ctx, restApiId, simulation } = await canaryShop();
    const driver = adapter({ region: REGION, clients: simulation.clients(REGION) });
    const cache = { size: 1.6, ttlSeconds: 60 };
    await driver.stageSettings.configureStage({ kind: 'rest-api', id: restApiId }, 'prod', { cache }, ctx);
    await simulation.advance(240_000);
    const server = await simulation.listen();
    try {
      const { aws } = awsCli(server.url, REGION);
      const shown = await aws(`apigateway get-stage --rest-api-id ${restApiId} --stage-name prod`);
      expect(shown).toMatchObject({ cacheClusterSize: '1.6', cacheClusterStatus: 'AVAILABLE' });
      const { stdout, stderr } = await run('python3', ['-c', BOTO3_CACHE, restApiId], {
        env: awsEnvironment(server.url, REGION),
      });
      if (stdout === '') throw new Error(stderr);
      expect(JSON.parse(stdout)).toEqual(['1.6', 'AVAILABLE', 60, 'FLUSH_IN_PROGRESS']);
    } finally {
      await server.close();
    }
  });
});
