import { describeTerraform } from '../shows/describe-terraform.js';

const folder = new URL('collections', import.meta.url);
// Slower than others: the provider must see a terminated instance, which is listed for one simulated hour.
describeTerraform({
  about: 'stacks around an integration',
  folder,
  region: 'us-east-1',
  resources: 26,
  changed: 9,
  speed: 60,
});
