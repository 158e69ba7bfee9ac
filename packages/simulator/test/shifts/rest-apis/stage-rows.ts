import type { Breakable } from '../scene.js';
import { canaryShop } from './canary-shop.js';

type CanaryShop = Awaited<ReturnType<typeof canaryShop>>;
const byLink = () => canaryShop('link');

/** A stage, and what of it may be deleted by hand. */
export async function stageExits(): Promise<Breakable> {
  const world = await canaryShop();
  return {
    world,
    gone: { nothing: () => undefined, 'the stage': () => world.rest('DeleteStage', { stageName: 'prod' }) },
  };
}

export const KILLED_STAGE = ['a stage of a REST API', byLink] as const;

export const EXCHANGED_STAGE: [string, () => Promise<CanaryShop>] = [
  'a stage gets a deployment before its variables',
  byLink,
];

/** The operation that gives a share, and with how many of them the second share is given. */
export const STALE_STAGE = ['a stage of a REST API', byLink, /^UpdateStage$/, 2] as const;

const describeStage = ({ rest }: CanaryShop): unknown =>
  rest('UpdateStage', {
    stageName: 'prod',
    patchOperations: [{ op: 'replace', path: '/description', value: 'edited' }],
  });

export const EDITED_STAGE = ['a stage of a REST API', byLink, [describeStage]] as const;
