import { CLOUDS } from '../../../core/test/clouds.js';
import { aws } from '@postern/aws';
import { createContext, type RegionSnapshot, type Snapshot } from '@postern/core/internal/library';
import { validateMigration, type MigrationReport } from '@postern/core/internal/moves';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { awsScene, awsStage, REGION, type AwsStage } from '../checks/aws/account.js';

let scene: ReturnType<typeof awsScene> | undefined;

/** A copy of the scene; the scene itself is created once. */
export async function openAws(): Promise<AwsStage> {
  scene ??= awsScene();
  return awsStage(await scene);
}

/** What a live validation observes, converted to the form of a file. */
export async function observeAws(stage: AwsStage, to: string): Promise<Snapshot> {
  const { simulation, parts } = stage;
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const scope = { gateways: [{ httpApi: parts.api }], links: [stage.link(), to], checks: true, uses: true } as const;
  const region = await driver.observe(scope, ctx);
  const takenAt = new Date(simulation.clock.now()).toISOString();
  return decodeSnapshot(encodeSnapshot({ version: 1, takenAt, regions: [region] }));
}

/**
 * Judges the move of one route, or of all, from the scene's link to another; `sees` changes what is read, as a
 * mistake would.
 */
export async function validateAws(
  stage: AwsStage,
  to: string,
  route?: string,
  sees: (region: RegionSnapshot) => RegionSnapshot = (region) => region,
): Promise<MigrationReport> {
  const snapshot = await observeAws(stage, to);
  const from = stage.link();
  return validateMigration(
    { ...snapshot, regions: snapshot.regions.map((one) => sees(one)) },
    { provider: 'aws', api: stage.parts.api, route, from, to },
    { clouds: CLOUDS },
  );
}
