using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace AdminPortal.Data.Migrations.PostgreSql
{
    /// <inheritdoc />
    public partial class QuestionPictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "picture_description",
                table: "question_versions",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "picture_name",
                table: "question_versions",
                type: "character varying(12)",
                maxLength: 12,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "last_picture",
                table: "question_bank",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "question_pictures",
                columns: table => new
                {
                    picture_name = table.Column<string>(type: "character varying(12)", maxLength: 12, nullable: false),
                    picture_number = table.Column<int>(type: "integer", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", maxLength: 32, nullable: false),
                    picture_format = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    pixel_width = table.Column<int>(type: "integer", nullable: false),
                    pixel_height = table.Column<int>(type: "integer", nullable: false),
                    byte_count = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    uploaded_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    uploaded_by_name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_question_pictures", x => x.picture_name);
                    table.CheckConstraint("ck_question_pictures_sides", "pixel_width BETWEEN 120 AND 1024 AND pixel_height BETWEEN 120 AND 1024");
                    table.CheckConstraint("ck_question_pictures_size", "byte_count BETWEEN 1 AND 153600");
                });

            migrationBuilder.UpdateData(
                table: "question_bank",
                keyColumn: "id",
                keyValue: 1,
                column: "last_picture",
                value: 0);

            migrationBuilder.CreateIndex(
                name: "IX_question_versions_picture_name",
                table: "question_versions",
                column: "picture_name");

            migrationBuilder.AddCheckConstraint(
                name: "ck_question_versions_picture",
                table: "question_versions",
                sql: "(picture_name IS NULL AND picture_description IS NULL) OR (picture_name IS NOT NULL AND picture_description IS NOT NULL)");

            migrationBuilder.CreateIndex(
                name: "ux_question_pictures_digest",
                table: "question_pictures",
                column: "digest",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_question_pictures_number",
                table: "question_pictures",
                column: "picture_number",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "FK_question_versions_question_pictures_picture_name",
                table: "question_versions",
                column: "picture_name",
                principalTable: "question_pictures",
                principalColumn: "picture_name",
                onDelete: ReferentialAction.Restrict);

            FrozenPictures.GuardOnPostgreSql(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            FrozenPictures.DropOnPostgreSql(migrationBuilder);

            migrationBuilder.DropForeignKey(
                name: "FK_question_versions_question_pictures_picture_name",
                table: "question_versions");

            migrationBuilder.DropTable(
                name: "question_pictures");

            migrationBuilder.DropIndex(
                name: "IX_question_versions_picture_name",
                table: "question_versions");

            migrationBuilder.DropCheckConstraint(
                name: "ck_question_versions_picture",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "picture_description",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "picture_name",
                table: "question_versions");

            migrationBuilder.DropColumn(
                name: "last_picture",
                table: "question_bank");
        }
    }
}
