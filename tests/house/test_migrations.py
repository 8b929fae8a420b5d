"""A migration that somebody may have run never changes again; what comes later is a migration of its own."""

from hashlib import sha256
from pathlib import Path

from tests.conftest import ROOT

FOLDER = ROOT / "layers" / "migrations"
KEPT = {
    "versions/0053_disputed_again.py": "5095eb82d28e80384f9b031905a30a3a366b15309d374ac0ada5fc77e055bd95",
    "versions/0029b_alerts.py": "106d0feb0257fa36342884c857cd3ebbc997530058357d7c0933ea653f0f5952",
    "versions/0001_first_tables.py": "276904d5b0dbc93e173115f8dc319d513b0f0932b938b2d0328a0b97b22f82f5",
    "versions/0002_layer_changes.py": "48187f7dcb6c62f4aca87720aeec33d3815a3b30869b32412e7976b29f9ce455",
    "versions/0003_jobs.py": "704165ef9639e8f1089305dbf88605d16a5aa21f49da98a19f0d81b0bf495cfc",
    "versions/0004_nearest.py": "37b29fe4e78dfe0a57fe45c6047a0e4f32d5bb72dee0bf83177d73c447d0e0bd",
    "versions/0005_searched_texts.py": "f544c96ad7a220577336f93d4b4f0dd749679ed6a1cfbc3fd32de68cc3217687",
    "versions/0006_visits.py": "dd698c1d2dcc8e11e0bc1597d3cfe954102e6bde47d200bd1004dc5c47b26595",
    "versions/0007_filters.py": "5b3457532219a46be38cf5af27b2ff6c7960b6361c7c1ca184ed6a2722a36f1d",
    "versions/0008_default_services.py": "31568e516fd7e0c3beffaab467d7a31842b04f4eb03b8758a348dd29acefef99",
    "versions/0009_source_licences.py": "2c65eb97a624d915b3194516cfbcddc2a8f1f2537b36ddeb7c378946b1bf6bcc",
    "versions/0010_installation_mark.py": "a5f0506d7d800dd6d0795e3aeedcf8f988ef667932d47d67ac7f77ba2ac7e7ca",
    "versions/0011_people.py": "aba43ef93117486cd87596beaaecea0ec0b1d41f84182f6a8dd06007891f8db1",
    "versions/0013_road_condition.py": "f3ebc7f0876d93b0c31b43be21970679c77d27950fcfa02ad8835cf57ab6263e",
    "versions/0015_reporters.py": "b7a3ef312fd1dcb41ca152a3b2bdcb5066ab41dbd68fad5ee87d368840bd3a47",
    "versions/0017_rasters.py": "e634cde81fc30cb0366135c68b72656f57c1b561e04deac3749c45a133ac5339",
    "versions/0021_accounts_by_number.py": "aa5826ff173eb895858b9311108e5f1b5d2aa9e0dbfcd25207c0c3cc72e48e15",
    "versions/0018_complaint_workflow.py": "9ab96f01122139edf664b5283315aae88a46853b51fc2528bbeb8f5be53be3a2",
    "versions/0015b_tracking_codes.py": "0d695c2f651e0fc1788d0bc00fbacd9a8b699e5f0880520047c3fc3e506467c6",
    "versions/0025_open311.py": "af4e1c6033d25dd1b4cb76dcf817788c4cd7660012584d34d05bfa7ef43528fa",
    "versions/0032_retention.py": "480a5e2b2418968e5ba56cf1ac4da8a6de8d39ff0c7c5b451fc466a672af3236",
    "seeds/complaint_kinds.csv": "50599c8595518581bb5934af45c314320a55a3b496bb6df59f2bc92d8d7fe800",
    "seeds/complaint_limits.csv": "288cef8b925a0b95b4cfc08566b42603ed513590d2633749ee8d8154a7cb3ced",
    "seeds/complaint_routes.csv": "58e9b9763a69c7d48e53df24ab77d09e67b8bb4f3a772787ae7ca937846aedb9",
    "seeds/complaint_templates.csv": "1e23b2d372be353eac37309c778c9899c57c9647fa718598a4f2ca2d018e734a",
    "versions/0022_agencies.py": "0051bab5c6a617bb4649a2020029fd14bc4cd8876429673e04a36134033b08aa",
    "versions/0023_hotspots.py": "4b06b250e5e623877fda39a3853244223ec0ceb8f1bb1fc736ca7455e1ccd209",
    "versions/0027_sending.py": "e339ffab3e7c63f5caae6552dc8723693fea5340a1b2bf1078e7ab97befb68b1",
    "versions/0028_due_statistics.py": "6a285733e7d2aec7f1c43b246e6177f8d611d296d7967bb5b62e74342948054f",
    "versions/0033_road_network.py": "77e2d3b570a2c40b69d9b8d215d0b593a180d6317c20f6cedd673ceb88308865",
    "versions/0029_surveys.py": "e60e5c1a5914e3deafb9c45e9c27fc6b72b2f18b442c0cd4f271f570dd929a19",
    "versions/0030_complaint_figures.py": "d36af31a673a2550f29f601853c58c9d8f5783b18bfcdd5666db59defaee3348",
    "versions/0014_road_traffic.py": "ba2e853e004e5124ad294a7f2101475bf5a38fe262f46e31d2b1f7a499a2c594",
    "versions/0035_works.py": "59df0caac02acbafacdc8462391d5634280db1df366f6ec8a78e37846767051a",
    "versions/0026_desks.py": "1cf61537deeb744c1963bd534a568d6617a93fdb4d5490c57091641da12fcebd",
    "versions/0039_papers.py": "4423b6eefb722abe73d755fb1fc741303e14a0e14c320fa46df4043d14e1d593",
    "versions/0039b_saved_views.py": "1edd105ca3a514df5ebac2e63ce467debc7fd1a18ccec9c48ffbe2524063e40c",
    "versions/0036_priority.py": "0d3c2af9b5e4d20139078495231a21ce723cb3678bd461a7d5e9d18ac12fb641",
    "seeds/treatments.csv": "188181935605bf7688e3c1bc3f4474ecc5d4abfd22f5e2ed03b3c0d5a9973af8",
    "seeds/priority_trips.csv": "8f5792da772cb2ce69d7c024eb5bf655114a05884d2f86825ac37e9d5173b6e1",
    "versions/0040_uploads.py": "95c79153c3a704f1e5773e6d68214af4730359d6fa4e2d40b08e66479cf1a096",
    "seeds/agencies.csv": "187ec9b7295322b30a9e0c348057b42aac0944870a674d856357daa8da866f37",
    "seeds/holidays.csv": "09cde526e663a36e2c2edd3a9f5b2aefc5e19a79a11119838c45e9cdcd82a3e3",
    "seeds/road_rules.csv": "01744a64a13888a0f06d4dab7f4ccb30bbc1d5c3830a0754279b87101bfe7065",
    "versions/0031_sorting.py": "17c98e449e06e463af4f4eb4de6093051a30ae6a0775c18878bb0746186c2eeb",
    "seeds/services.csv": "a9b98a7b2026ebc09c3bf5d324a48b5d63340554751f323d508704557d38468f",
    "versions/0034_access.py": "2b13501d495a786feade3ed368fba539eca15c1b6bfac7d9c075ee3f72f0993f",
    "versions/0037_internet_gaps.py": "da3c1f1ef7fcae734078f726aac167b8a73b710fa86fa6d58253078e80646923",
    "seeds/access_standards.csv": "2699ac80bd49ee70b782b322cd52a93d0d8f72b7745a1e1e7f2724b9757fc9e5",
    "versions/0038_waste_service.py": "a6f524f9653dab5e44263a9071374ce6deff85ffc88e2a25f4926fd4a524d0df",
    "seeds/waste_standards.csv": "9f57b6609e99ec99d1b86726c4cc4448b507ff9877218f70db3281e0ba11bc27",
    "versions/0042_figure_sums_and_languages.py": "aecd2e014c39c342e018c57b91c0395afce82e157890f4cd0bd38d7889679536",
    "versions/0049_reporters_of_parts.py": "16f4a41e9d18a3d98e1a7228c4ca0e97e8112d96ca6e964b40dacd2dc9487b85",
    "versions/0045_survey_photos.py": "0f27ad8ffc66117be32ea88aead3396cbf8199728f907178ab8c8b5172d9659b",
    "versions/0046_made_rasters.py": "4adc4b117935b0a19bbe3807965fd19373af365e07270aae77ad488a0bbe76e2",
    "versions/0047_proposals.py": "b19a4805a43f0c6eab4feb479df332b6f57c9498bdee9ee53975e9f79ee0a159",
    "versions/0051_home_and_tries.py": "3e7a18ab714c7176eb1c062b99fda54a7e8f7521843ba002f7abf2c4c0f6424d",
    "versions/0052_newest_of_a_kind.py": "f436b3510d4f553717ee1d533b2f0d8f761e3ea4cb458cbd621cfec46990d81b",
    "versions/0048_following_works.py": "8e9a311d5697b774fb2b9ad0281c6344a0248c79d57781479fe4957146fadc6a",
    "versions/0055_when_complaints_changed.py": "f7d548783fcd0fa77c92af97a676e62edfb44620ada20240862df38b1d480649",
    "versions/0057_days_and_pace.py": "660a11010dfdfa5c07a957ee0239dc6d39ac62d050768594c3df8979242636d9",
    "versions/0054_known_places.py": "17629ed6e405589a454c863fa9d4660f998573f7ff622e07adef95597fe40216",
    "versions/0058_counts_from_zero.py": "d187e660e3415a7e0df5fc97fe43c7b4e590922a091d810d41b533418eb9f473",
    "versions/0056_tries_and_versions.py": "7b1a6b5f94cd50bfca8fa898ae7105f120eade1b29734ff51fbcc19f8494256a",
    "versions/0059_named_areas.py": "5c2a18e920a7646b4ed8658f59cece5e4d540d9ba755128595b4e100abf75b0e",
    "versions/0061_where_roads_meet.py": "e6a61915b252950096dd519dc4e9c6d7c5bde5769fa80e17db8ea1e7044ed858",
    "versions/0062_days_since_1900.py": "ab0fd401667a40707d4b2e8b34b5b550b083a9c642fce402baa04642a234730a",
}


def test_each_migration_and_what_it_reads_is_as_it_was_committed() -> None:
    """A new one gets a line here; a line that is there already stays."""
    files = [*FOLDER.glob("versions/*.py"), *FOLDER.glob("seeds/*.csv")]
    assert {str(file.relative_to(FOLDER)): digest(file) for file in files} == KEPT


def digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()
