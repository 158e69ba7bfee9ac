import { describe, expect, it } from 'vitest';
import { terraformScene } from './terraform-scene.js';
import { missingTerraform } from './tools.js';

/** A configuration whose variable `changed` changes some of its resources in place. */
interface Configuration {
  readonly about: string;
  readonly folder: URL;
  readonly region: string;
  readonly resources: number;
  readonly changed: number;
  readonly speed?: number;
}

/** Terraform creates, changes and deletes what a configuration has, in a simulated AWS. */
export function describeTerraform({ about, folder, region, resources, changed, speed }: Configuration): void {
  const reason = missingTerraform();
  const title = `Terraform and ${about}${reason === undefined ? '' : ` (skipped: ${reason})`}`;
  describe.skipIf(reason !== undefined)(title, () => {
    const { terraform, apply, plansNothing, expectSimulated } = terraformScene(folder, region, speed);

    it('applies, plans without changes, changes in place, and leaves nothing', { timeout: 1_800_000 }, async () => {
      expect(await terraform('init')).toMatchObject({ stderr: '', status: 0 });
      await apply(`${resources} added, 0 changed, 0 destroyed`);
      await plansNothing();
      const variable = ['-var', 'changed=true'];
      await apply(`0 added, ${changed} changed, 0 destroyed`, ...variable);
      await plansNothing(...variable);
      await apply(`0 added, 0 changed, ${resources} destroyed`, '-destroy', ...variable);
      expectSimulated();
    });
  });
}
