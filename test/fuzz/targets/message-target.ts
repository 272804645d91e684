import { parseMessage } from '../../../shared/model/message.ts';
import { createMaterial, sealSample } from '../../fixtures/package-material.ts';
import { mutateJson } from '../mutate/text.ts';
import type { Target } from '../target.ts';

/** message.json as a reader meets it once its digest was found in the manifest. */
export async function message(): Promise<Target> {
  const { sealed } = await sealSample(createMaterial());
  return {
    seeds: [Buffer.from(JSON.stringify(sealed.message), 'utf8')],
    mutate: mutateJson,
    run: async (input) => {
      parseMessage(input.toString('utf8'));
      return 'accepted';
    },
  };
}
