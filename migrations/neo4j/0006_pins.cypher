// Who pins a version has one pin.
CREATE CONSTRAINT pin_by IF NOT EXISTS FOR (p:Pin) REQUIRE p.by IS UNIQUE;
