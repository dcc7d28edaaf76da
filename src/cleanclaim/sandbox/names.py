"""Words that made-up people, streets and firms are put together from."""

_LAST = """
Abbott Adair Akers Alder Amsel Archer Ashby Barlow Beech Bexley Birch Bishop Blythe Bolton Bramble
Brook Calder Carver Cedar Chandler Cole Conway Cooper Crane Cypress Dale Dalton Darby Denby Draper
Dunn Easton Elder Ellery Ember Fairley Fenner Fern Finch Fletcher Forrest Foster Garner Glen
Goodall Graves Grove Hadley Hale Harper Hawthorn Hazel Heath Holly Hooper Hurst Iverson Ivy Jasper
Joiner Juniper Keller Kestrel Kirby Lark Larkin Laurel Linden Locke Lowell Maple Marlow Marsh
Mercer Merle Miller Moss Nash Norton Oakley Olive Orchard Osborn Page Palmer Parrish Pine Porter
Potter Quill Quincy Reed Reeve Rowan Rush Sadler Sage Sawyer Sexton Shaw Sorrel Sparrow Stone
Sutton Sykes Tanner Teal Thorne Tilden Turner Underhill Vance Vesper Wade Walden Waller Weaver
Webster Wells Whitlock Wilder Willow Wren Wright Yarrow Yates Yew
"""
_FEMALE = """
Ada Agnes Alma Amara Anita Avis Beatrix Bettina Carmen Celia Clara Cora Dalia Della Dora Edith
Elena Elise Esther Eva Fay Flora Greta Hattie Helen Ida Inez Iris Ivana Jane Joan June Kira Lena
Lila Lois Lucia Mabel Mara Mavis Mina Nadia Nell Nora Olga Opal Pearl Petra Rhea Rita Rosa Ruth
Sabra Selma Stella Tess Thea Uma Vera Viola Wanda Willa Zelda Zora
"""
_MALE = """
Abel Adam Alden Amos Anton Asher Basil Boris Bram Cecil Clyde Conrad Cyrus Dean Dirk Edgar Elias
Emil Enzo Ezra Felix Floyd Frank Gilbert Glenn Gus Hans Harvey Hugo Igor Ira Ivan Jonas Jules Karl
Kurt Lars Leon Linus Lloyd Magnus Marco Milo Nils Noel Omar Orin Oscar Otto Owen Perry Piers
Quentin Ralph Rex Roland Rufus Saul Seth Silas Sven Tobias Ulric Victor Walt Xavier
"""
_STREETS = """
Sample Test Example Specimen Pattern Model Practice Trial Mock Rehearsal
"""

LAST = tuple(_LAST.split())
FIRST = {"F": tuple(_FEMALE.split()), "M": tuple(_MALE.split())}
STREETS = tuple(_STREETS.split())

CITIES = (
    ("Springfield", "IL", "62701"),
    ("Riverton", "OH", "43085"),
    ("Lakewood", "CO", "80214"),
    ("Fairview", "NJ", "07022"),
    ("Georgetown", "TX", "78626"),
    ("Salem", "OR", "97301"),
)
