// What is known of one feature, written by the server in the words of its page.

/** @typedef {{ title: string, words: string, href: string }} Fact href leads on from the words, "" where nothing does */
/** @typedef {{ sample: boolean, facts: Fact[] }} Known sample: whether the feature is made up */

const NOTHING = /** @type {Known} */ ({ sample: false, facts: [] });

/**
 * Ask for what is known; nothing where it cannot be reached, since the link to the feature's page still stands.
 * @param {string} layer id
 * @param {string | number | undefined} id
 * @returns {Promise<Known>}
 */
export async function factsOf(layer, id) {
  try {
    const response = await fetch(`/map/facts/${layer}/${id}.json`);
    return response.ok ? /** @type {Known} */ (await response.json()) : NOTHING;
  } catch (error) {
    if (error instanceof TypeError) return NOTHING; // no network
    throw error;
  }
}
