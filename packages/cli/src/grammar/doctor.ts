import type { CommandDescription } from './description.js';
import { profile, provider, region } from './shared-options.js';

/** `postern doctor`. */
export const doctor: CommandDescription = {
  usage: 'doctor [spec]',
  summary: 'test this machine, credentials and permissions; nothing is changed; exit with 3 where something failed',
  options: [provider, region, profile],
  examples: [
    'postern doctor',
    'postern doctor shop.yaml --json',
    'postern doctor --provider alibaba --region cn-hangzhou',
  ],
  load: () => import('../commands/machine/doctor.js'),
};
