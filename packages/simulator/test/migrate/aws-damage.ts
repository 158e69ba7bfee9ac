import { expect } from 'vitest';
import type { AwsStage } from '../checks/aws/account.js';
import { move, type AwsFault, type AwsRefusal } from './catalogue/aws.js';

/** Moves the integration despite the fault, and verifies the damage that it predicts; returns what happened as a sentence. */
export async function awsDamageOf(stage: AwsStage, fault: AwsFault | AwsRefusal, to: string): Promise<string> {
  stage.simulation.faults.clear();
  if (!('damage' in fault)) {
    expect(() => move(stage, to)).toThrow(fault.words);
    return 'refused';
  }
  const { damage } = fault;
  const connects = (link: string) => stage.simulation.connects(link, { targetId: stage.parts.listener });
  const from = stage.link();
  switch (damage.kind) {
    case 'refused': {
      const call = () => damage.call(stage, to);
      expect(call).toThrow(damage.words);
      return 'refused';
    }
    case 'changed': {
      const before = damage.read(stage, from);
      move(stage, to);
      const after = damage.read(stage, to);
      expect(after).not.toEqual(before);
      return `changed: ${String(before)} becomes ${String(after)}`;
    }
    case 'cut off': {
      expect(connects(from)).toMatchObject({ connects: true });
      move(stage, to);
      const { connects: still, because } = connects(to);
      expect(still).toBe(false);
      return `cut off: ${because}`;
    }
  }
}
